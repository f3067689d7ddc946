# python3 link.py <origin> <your private key> <the app's public key>, with jwcrypto (pip install jwcrypto)
import json, sys, time, uuid
from jwcrypto import jwk, jwt

ORIGIN = sys.argv[1]
sign_key = jwk.JWK.from_pem(open(sys.argv[2], "rb").read())   # your private key
encryption_key = jwk.JWK.from_pem(open(sys.argv[3], "rb").read())   # the app's public key
now = int(time.time())
claims = {
    "aud": ORIGIN, "iat": now, "exp": now + 300, "jti": str(uuid.uuid4()), "lang": "es",
    "answers": {"firstName": "Maria", "lastName": "Garcia", "phoneNumber": "+525512345678"},
    "locked": ["phoneNumber"],
    "reference": "order-2026-17",
}
signed = jwt.JWT(header={"alg": "ES256"}, claims=claims)
signed.make_signed_token(sign_key)
encrypted = jwt.JWT(header={"alg": "RSA-OAEP-256", "enc": "A256GCM"}, claims=signed.serialize())
encrypted.make_encrypted_token(encryption_key)
print(f"{ORIGIN}/partner#{encrypted.serialize()}")
