/** Receiver protocols: which names the coordinator library accepts and what became of the others. Source: DOMAIN 2.3. */

/** Accepted by `protocols=` and `get_endpoint()`. */
export const PROTOCOLS: ReadonlySet<string> = new Set([
  'zipkin',
  'otlp_grpc',
  'otlp_http',
  'jaeger_grpc',
  'jaeger_thrift_http',
]);

export const RENAMED_PROTOCOLS: Readonly<Record<string, string>> = {
  jaeger_http_thrift: 'jaeger_thrift_http',
};

/** Gone, with what to do instead. */
export const REMOVED_PROTOCOLS: Readonly<Record<string, string>> = {
  jaeger_thrift_compact: 'Tempo has no such receiver any more; use jaeger_thrift_http',
  jaeger_thrift_binary: 'Tempo has no such receiver any more; use jaeger_thrift_http',
  tempo: "that was Tempo's query API: use the library charms.tempo_coordinator_k8s.v0.tempo_api",
  tempo_http: "that was Tempo's query API: use the library charms.tempo_coordinator_k8s.v0.tempo_api",
  tempo_grpc: "that was Tempo's query API: use the library charms.tempo_coordinator_k8s.v0.tempo_api",
  kafka: 'Tempo has no such receiver any more; use otlp_http',
  opencensus: 'Tempo has no such receiver any more; use otlp_http',
};

/** Old endpoint getters (methods, properties in v0 up to LIBPATCH 6) → the protocol that `get_endpoint` wants. */
export const GETTER_PROTOCOLS: Readonly<Record<string, string>> = {
  otlp_http_endpoint: 'otlp_http',
  otlp_grpc_endpoint: 'otlp_grpc',
  zipkin_endpoint: 'zipkin',
  jaeger_http_thrift_endpoint: 'jaeger_thrift_http',
  jaeger_grpc_endpoint: 'jaeger_grpc',
};
