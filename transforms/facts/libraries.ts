/** The library modules: what moved where, and by which marks a copy is recognised. Source: DOMAIN 2.1, 3.3. */

export const OLD_PACKAGE = 'charms.tempo_k8s';
export const NEW_PACKAGE = 'charms.tempo_coordinator_k8s.v0';
export const NEW_CHARM_TRACING = `${NEW_PACKAGE}.charm_tracing`;
export const NEW_TRACING = `${NEW_PACKAGE}.tracing`;

/** Old module → new module, for those that have a successor. */
export const MODULE_MAP: Readonly<Record<string, string>> = {
  'charms.tempo_k8s.v0.charm_instrumentation': NEW_CHARM_TRACING,
  'charms.tempo_k8s.v0.charm_tracing': NEW_CHARM_TRACING,
  'charms.tempo_k8s.v1.charm_tracing': NEW_CHARM_TRACING,
  'charms.tempo_k8s.v0.tracing': NEW_TRACING,
  'charms.tempo_k8s.v1.tracing': NEW_TRACING,
  'charms.tempo_k8s.v2.tracing': NEW_TRACING,
};

/** Charms that own the old libraries; `tempo` is the first name of tempo-k8s. */
export const OLD_OWNERS = ['tempo_k8s', 'tempo'] as const;

/** Old modules without a successor, with the reason. */
export const REMOVED_MODULES: Readonly<Record<string, string>> = {
  'charms.tempo_k8s.v0.snapshot': 'it was never released on a main branch',
  'charms.tempo_k8s.v0.tempo_scrape': 'the coordinator has no such library',
};

/** Names that were renamed on the way, by old module. Source: DOMAIN-symbols. */
export const RENAMED_SYMBOLS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'charms.tempo_k8s.v0.charm_instrumentation': {
    UntraceableObject: 'UntraceableObjectError',
    _charm_tracing_disabled: 'charm_tracing_disabled',
    autoinstrument_charm: '_autoinstrument',
    autoinstrument: '_autoinstrument',
  },
  'charms.tempo_k8s.v0.charm_tracing': { UntraceableObject: 'UntraceableObjectError' },
  'charms.tempo_k8s.v0.tracing': {
    IngesterProtocol: 'ReceiverProtocol',
    IngesterType: 'ReceiverProtocol',
    TracingEndpointEvents: 'TracingEndpointRequirerEvents',
  },
  'charms.tempo_k8s.v1.tracing': {
    IngesterProtocol: 'ReceiverProtocol',
    TracingEndpointEvents: 'TracingEndpointRequirerEvents',
  },
};

/** LIBID by module. */
export const LIBIDS: Readonly<Record<string, string>> = {
  'charms.tempo_k8s.v0.charm_instrumentation': '0a8cf1b7b95d4cfcb90055f2d84897b3',
  'charms.tempo_k8s.v0.charm_tracing': 'cb1705dcd1a14ca09b2e60187d1215c7',
  'charms.tempo_k8s.v1.charm_tracing': 'cb1705dcd1a14ca09b2e60187d1215c7',
  'charms.tempo_k8s.v0.tracing': '12977e9aa0b34367903d8afeb8c3d85d',
  'charms.tempo_k8s.v1.tracing': '12977e9aa0b34367903d8afeb8c3d85d',
  'charms.tempo_k8s.v2.tracing': '12977e9aa0b34367903d8afeb8c3d85d',
  'charms.tempo_k8s.v0.tempo_scrape': '79954052707a491b98ca695971c227fe',
  [NEW_CHARM_TRACING]: '01780f1e588c42c3976d26780fdf9b89',
  [NEW_TRACING]: 'd2f02b1f8d1244b5989fd55bc3a28943',
  'charms.tempo_coordinator_k8s.v0.tempo_api': '6d55454c9a104113b2bd01e738dd5f99',
};

/** The coordinator libraries behave as this project assumes from this LIBPATCH on (DOMAIN 0.1). */
export const ASSUMED_PATCH = 8;
