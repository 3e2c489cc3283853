import opentelemetry.sdk.trace
