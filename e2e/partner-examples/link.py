# python3 link.py <origin> <sign key> <seal key>: a partner link with jwcrypto (pip install jwcrypto).
import json, sys, time, uuid
from jwcrypto import jwk, jwt

ORIGIN = sys.argv[1]
sign = jwk.JWK.from_pem(open(sys.argv[2], "rb").read())   # the partner's private key
seal = jwk.JWK.from_pem(open(sys.argv[3], "rb").read())   # the front door's public key
now = int(time.time())
claims = {
    "aud": ORIGIN, "iat": now, "exp": now + 300, "jti": str(uuid.uuid4()), "lang": "es",
    "answers": {"firstName": "Maria", "lastName": "Garcia", "phoneNumber": "+525512345678"},
    "locked": ["phoneNumber"],
}
signed = jwt.JWT(header={"alg": "ES256"}, claims=claims)
signed.make_signed_token(sign)
sealed = jwt.JWT(header={"alg": "RSA-OAEP-256", "enc": "A256GCM"}, claims=signed.serialize())
sealed.make_encrypted_token(seal)
print(f"{ORIGIN}/partner#{sealed.serialize()}")
