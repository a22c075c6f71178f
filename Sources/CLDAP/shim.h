#ifndef LOCKSTEP_CLDAP_H
#define LOCKSTEP_CLDAP_H

#include <errno.h>
#include <lber.h>
#include <ldap.h>
#include <poll.h>
#include <time.h>

/* LDAP_OPT_ON, LDAP_OPT_OFF and LDAP_SASL_SIMPLE are pointer casts, which Swift does not import. */
static inline int lockstep_ldap_set_flag(LDAP *ld, int option, int on) {
    return ldap_set_option(ld, option, on ? LDAP_OPT_ON : LDAP_OPT_OFF);
}

static inline int lockstep_ldap_simple_bind(
    LDAP *ld, const char *dn, struct berval *password, LDAPControl **controls, int *message) {
    return ldap_sasl_bind(ld, dn, LDAP_SASL_SIMPLE, password, controls, NULL, message);
}

/* A global variable of C, which Swift cannot prove to be constant. */
static inline int lockstep_ldap_read_ahead(LDAP *ld) {
    Sockbuf *sb = NULL;
    ldap_get_option(ld, LDAP_OPT_SOCKBUF, &sb);
    return ber_sockbuf_add_io(sb, &ber_sockbuf_io_readahead, LBER_SBIOD_LEVEL_PROVIDER, NULL);
}

/*
 * A layer below TLS that fails once its time is over. libldap 2.5.13 with GnuTLS asks again for ever
 * when a socket has nothing to give during the handshake (tls_g.c, tlsg_session_accept), whatever
 * LDAP_OPT_NETWORK_TIMEOUT says. The layers of a Sockbuf can only be made of C functions.
 */
static inline int lockstep_deadline_wait(Sockbuf_IO_Desc *layer, short event) {
    const struct timespec *end = (const struct timespec *)layer->sbiod_pvt;
    struct timespec now;
    struct pollfd wanted = {-1, event, 0};
    clock_gettime(CLOCK_MONOTONIC, &now);
    long left = (end->tv_sec - now.tv_sec) * 1000L + (end->tv_nsec - now.tv_nsec) / 1000000L;
    ber_sockbuf_ctrl(layer->sbiod_sb, LBER_SB_OPT_GET_FD, &wanted.fd);
    if (left <= 0 || poll(&wanted, 1, (int)left) == 0) {
        errno = ETIMEDOUT;
        return -1;
    }
    return 0;
}

static inline int lockstep_deadline_setup(Sockbuf_IO_Desc *layer, void *end) {
    layer->sbiod_pvt = end;
    return 0;
}

static inline int lockstep_deadline_remove(Sockbuf_IO_Desc *layer) {
    layer->sbiod_pvt = NULL;
    return 0;
}

static inline int lockstep_deadline_ctrl(Sockbuf_IO_Desc *layer, int option, void *argument) {
    return LBER_SBIOD_CTRL_NEXT(layer, option, argument);
}

static inline ber_slen_t lockstep_deadline_read(Sockbuf_IO_Desc *layer, void *to, ber_len_t size) {
    return lockstep_deadline_wait(layer, POLLIN) ? -1 : LBER_SBIOD_READ_NEXT(layer, to, size);
}

static inline ber_slen_t lockstep_deadline_write(
    Sockbuf_IO_Desc *layer, void *from, ber_len_t size) {
    return lockstep_deadline_wait(layer, POLLOUT) ? -1 : LBER_SBIOD_WRITE_NEXT(layer, from, size);
}

static inline int lockstep_deadline_close(Sockbuf_IO_Desc *layer) {
    (void)layer;
    return 0;
}

/* ldap_install_tls within this many seconds. The Sockbuf is the handle's and lives as long. */
static inline int lockstep_ldap_install_tls(LDAP *ld, long seconds) {
    Sockbuf_IO layer = {
        lockstep_deadline_setup, lockstep_deadline_remove, lockstep_deadline_ctrl,
        lockstep_deadline_read, lockstep_deadline_write, lockstep_deadline_close,
    };
    struct timespec end;
    Sockbuf *sb = NULL;
    ldap_get_option(ld, LDAP_OPT_SOCKBUF, &sb);
    clock_gettime(CLOCK_MONOTONIC, &end);
    end.tv_sec += seconds;
    if (ber_sockbuf_add_io(sb, &layer, LBER_SBIOD_LEVEL_PROVIDER, &end) != 0) {
        return LDAP_LOCAL_ERROR;
    }
    int code = ldap_install_tls(ld);
    ber_sockbuf_remove_io(sb, &layer, LBER_SBIOD_LEVEL_PROVIDER);
    return code;
}

#endif
