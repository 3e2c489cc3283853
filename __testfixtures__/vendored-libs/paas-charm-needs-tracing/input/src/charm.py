import paas_charm.flask
