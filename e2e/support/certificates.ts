import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import forge from 'node-forge';

const { pki, pkcs12, asn1 } = forge;
const PASSPHRASE = 'sandbox';
const DAY_MS = 86_400_000;

type Party = { key: forge.pki.rsa.PrivateKey; certificate: forge.pki.Certificate };

function issueCertificate(name: string, issuer: Party | undefined, extensions: object[], daysLeft = 1): Party {
  const pair = generateKeyPairSync('rsa', {
    modulusLength: 2048,
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs1', format: 'pem' },
  });
  const key = pki.privateKeyFromPem(pair.privateKey);
  const certificate = pki.createCertificate();
  certificate.publicKey = pki.publicKeyFromPem(pair.publicKey);
  certificate.serialNumber = `01${randomBytes(8).toString('hex')}`;
  certificate.validity.notBefore = new Date(Date.now() - 3 * DAY_MS);
  certificate.validity.notAfter = new Date(Date.now() + daysLeft * DAY_MS);
  const subject = [{ name: 'commonName', value: name }];
  certificate.setSubject(subject);
  certificate.setIssuer(issuer?.certificate.subject.attributes ?? subject);
  certificate.setExtensions(extensions);
  certificate.sign(issuer?.key ?? key, forge.md.sha256.create());
  return { key, certificate };
}

/**
 * Makes, for one day, what mutual TLS and Request4R need: an authority with a server's and a client's certificate, the
 * client's as a P12 file too, and two RSA key pairs.
 *
 * @param fault makes the server's certificate one for another address, or one that has run out
 * @returns the environment of the sandbox and of the app for each of the two transports
 */
export function createCertificates(folder: string, fault?: 'wrong name' | 'expired') {
  mkdirSync(folder, { recursive: true });
  const writeCertificateFile = (name: string, content: string | Buffer) => {
    writeFileSync(join(folder, name), content, { mode: 0o600 });
    return join(folder, name);
  };
  const authority = issueCertificate('Sandbox authority', undefined, [{ name: 'basicConstraints', cA: true }]);
  const ip = fault === 'wrong name' ? '127.0.0.2' : '127.0.0.1';
  const names = { name: 'subjectAltName', altNames: [{ type: 7, ip }] };
  const server = issueCertificate(ip, authority, [names], fault === 'expired' ? -1 : 1);
  const client = issueCertificate('Sandbox partner', authority, [{ name: 'extKeyUsage', clientAuth: true }]);
  const authorityFile = writeCertificateFile('authority.crt', pki.certificateToPem(authority.certificate));
  writeCertificateFile('server.crt', pki.certificateToPem(server.certificate));
  writeCertificateFile('server.key', pki.privateKeyToPem(server.key));
  const p12 = pkcs12.toPkcs12Asn1(client.key, [client.certificate], PASSPHRASE, { algorithm: '3des' });
  const p12File = writeCertificateFile('client.p12', Buffer.from(asn1.toDer(p12).getBytes(), 'binary'));

  const createKeyPair = () =>
    generateKeyPairSync('rsa', {
      modulusLength: 2048,
      publicKeyEncoding: { type: 'spki', format: 'pem' },
      privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
    });
  const [vendorKeys, partnerKeys] = [createKeyPair(), createKeyPair()];
  return {
    sandbox: {
      SANDBOX_RAAS_TLS_FOLDER: folder,
      SANDBOX_RAAS_REQUEST4R_PRIVATE_KEY_FILE: writeCertificateFile('vendor.key', vendorKeys.privateKey),
      SANDBOX_RAAS_REQUEST4R_PARTNER_KEY_FILE: writeCertificateFile('partner.pub', partnerKeys.publicKey),
    },
    mutualTls: {
      NODE_EXTRA_CA_CERTS: authorityFile,
      RAAS_CLIENT_P12_FILE: p12File,
      RAAS_CLIENT_P12_PASSPHRASE: PASSPHRASE,
    },
    request4r: {
      RAAS_REQUEST4R_ENCRYPT_KEY_FILE: writeCertificateFile('vendor.pub', vendorKeys.publicKey),
      RAAS_REQUEST4R_DECRYPT_KEY_FILE: writeCertificateFile('partner.key', partnerKeys.privateKey),
    },
  };
}
