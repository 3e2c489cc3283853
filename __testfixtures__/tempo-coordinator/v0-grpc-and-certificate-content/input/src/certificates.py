from ops.framework import Object


class CertHandler(Object):
    """Gets a certificate."""

    @property
    def cert(self):
        return "-----BEGIN CERTIFICATE-----"
