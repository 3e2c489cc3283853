/** What `ops[tracing]` is and wants. Source: DOMAIN 5.1, 5.2. */

/** The first release with `ops.tracing`. */
export const OPS_FLOOR = '2.21';
/** The first release whose testing contexts have `trace_data`. */
export const OPS_FLOOR_TRACE_DATA = '2.23';
/** What `ops[tracing]` wants of OpenTelemetry; the old library's dependency was `==1.21.0`. */
export const OTEL_FLOOR = '1.30';

/** OpenTelemetry packages that the old library needed, with the modules that show that somebody else needs them. */
export const OTEL_PACKAGES: Readonly<Record<string, RegExp>> = {
  'opentelemetry-api': /^opentelemetry(?!\.(sdk|exporter|proto|semconv|instrumentation)\b)/,
  'opentelemetry-sdk': /^opentelemetry\.sdk\b/,
  'opentelemetry-proto': /^opentelemetry\.proto\b/,
  'opentelemetry-semantic-conventions': /^opentelemetry\.semconv\b/,
  'opentelemetry-exporter-otlp': /^opentelemetry\.exporter\.otlp\b/,
  'opentelemetry-exporter-otlp-proto-common': /^opentelemetry\.exporter\.otlp\.proto\.common\b/,
  'opentelemetry-exporter-otlp-proto-grpc': /^opentelemetry\.exporter\.otlp\.proto\.grpc\b/,
  'opentelemetry-exporter-otlp-proto-http': /^opentelemetry\.exporter\.otlp\.proto\.http\b/,
};

/** Where a charm container's system CA certificates are added (DOMAIN 5.2). */
export const SYSTEM_CA_FOLDER = '/usr/local/share/ca-certificates/';
