JAEGER = "jaeger_http_thrift"
