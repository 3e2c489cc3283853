JAEGER = "jaeger_thrift_http"
