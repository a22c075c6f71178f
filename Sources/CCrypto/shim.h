#ifndef LOCKSTEP_CCRYPTO_H
#define LOCKSTEP_CCRYPTO_H

/* SHA256_Init and its siblings can't fail and need no memory; EVP can and does. */
#define OPENSSL_SUPPRESS_DEPRECATED

#include <openssl/bio.h>
#include <openssl/cmp.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/http.h>
#include <openssl/ocsp.h>
#include <openssl/pem.h>
#include <openssl/sha.h>
#include <openssl/ssl.h>
#include <openssl/x509.h>
#include <openssl/x509v3.h>
#include <stdint.h>
#include <time.h>

/* What follows are macros, or made of macros with casts, which Swift does not import. */

static inline void lockstep_clear_free(void *memory, size_t length) {
    OPENSSL_clear_free(memory, length);
}

static inline long lockstep_memory_of(BIO *bio, char **start) {
    return BIO_get_mem_data(bio, start);
}

/* RFC 4514, which leaves octets above 127 as they are: they are UTF-8 by then. */
static inline int lockstep_print_name(BIO *bio, const X509_NAME *name) {
    return X509_NAME_print_ex(bio, name, 0, XN_FLAG_RFC2253 & ~ASN1_STRFLGS_ESC_MSB);
}

/*
 * Ends every read of a BIO at an instant. OSSL_HTTP_REQ_CTX_nbio of OpenSSL 3.0 reads header lines as long as
 * they come, and looks at no time: who sends them without end would keep it for ever.
 */
static inline long lockstep_end_reads(BIO *bio, int operation, const char *data, size_t length, int number,
                                      long other, int result, size_t *processed) {
    struct timespec now;
    (void)data; (void)length; (void)number; (void)other; (void)processed;
    if (operation != BIO_CB_READ) return result;
    clock_gettime(CLOCK_MONOTONIC, &now);
    if ((int64_t)now.tv_sec <= (int64_t)(intptr_t)BIO_get_callback_arg(bio)) return result;
    BIO_clear_retry_flags(bio);
    return 0;
}

static inline void lockstep_end_reads_after(BIO *bio, int64_t seconds) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    BIO_set_callback_arg(bio, (char *)(intptr_t)((int64_t)now.tv_sec + seconds));
    BIO_set_callback_ex(bio, lockstep_end_reads);
}

static inline int lockstep_name_server(SSL *ssl, const char *name) {
    return (int)SSL_set_tlsext_host_name(ssl, name);
}

static inline int lockstep_require_tls12(SSL_CTX *context) {
    return (int)SSL_CTX_set_min_proto_version(context, TLS1_2_VERSION);
}

/* The session goes with the BIO. */
static inline void lockstep_set_session(BIO *bio, SSL *session) {
    BIO_set_ssl(bio, session, BIO_CLOSE);
}

static inline int lockstep_waits_to_write(BIO *bio) {
    return BIO_should_write(bio);
}

#endif
