/**
 * What HTTPS hosts without a certificate show: a certificate and its private key, both known to everyone who has this
 * program. Nothing is lost by that: a self-signed certificate is trusted by nobody, and the key exchange keeps forward
 * secrecy. In return equal input gives equal bytes on every machine. Made once with OpenSSL: P-256, 2020 to 2120.
 */
export const PLACEHOLDER_CERTIFICATE = `\
-----BEGIN CERTIFICATE-----
MIIB6zCCAZGgAwIBAgIBATAKBggqhkjOPQQDAjBCMRYwFAYDVQQKDA1pbmdyZXNz
Mm5naW54MSgwJgYDVQQDDB9wdWJsaWMgcGxhY2Vob2xkZXIgLSBub3Qgc2VjcmV0
MCAXDTIwMDEwMTAwMDAwMFoYDzIxMjAwMTAxMDAwMDAwWjBCMRYwFAYDVQQKDA1p
bmdyZXNzMm5naW54MSgwJgYDVQQDDB9wdWJsaWMgcGxhY2Vob2xkZXIgLSBub3Qg
c2VjcmV0MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEot0jUkZtpIxR0D5tPbOD
IS7X1zMqkXOsYYYMal/scxa0SLXIc/BHWoWQFUUh5JpVKWdzb+99XJw70RqyW4au
XKN2MHQwDAYDVR0TAQH/BAIwADAOBgNVHQ8BAf8EBAMCB4AwEwYDVR0lBAwwCgYI
KwYBBQUHAwEwIAYDVR0RBBkwF4IVaW5ncmVzczJuZ2lueC5pbnZhbGlkMB0GA1Ud
DgQWBBRgfcSNBSA1y6t+4ezN9vjh4zFnITAKBggqhkjOPQQDAgNIADBFAiAwW7V4
bCFX+NeqKb3WZffuayn8EpCnXtPzun4yhoctTAIhAMkBOtPqCG46TtKxSmDaq6Q1
kn8ic+ywLgfXwUm4qP8Z
-----END CERTIFICATE-----
-----BEGIN PRIVATE KEY-----
MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQg1tQUTPtLQiSbodaj
3qlQ/DhnCbffgZLlbPWat8FHV1WhRANCAASi3SNSRm2kjFHQPm09s4MhLtfXMyqR
c6xhhgxqX+xzFrRItchz8EdahZAVRSHkmlUpZ3Nv731cnDvRGrJbhq5c
-----END PRIVATE KEY-----
`;
