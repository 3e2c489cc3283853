from shop.mail import Receiver

mail = {"host": "smtp", "receivers": "a@example.com"}
config = {"host": "loki", "receivers": {"email": EMAIL}}
ring = {"ingesters": 3}
Receiver(protocol="smtp", port=25)
