#ifndef LOCKSTEP_CLDAP_H
#define LOCKSTEP_CLDAP_H

#include <errno.h>
#include <lber.h>
#include <ldap.h>
#include <limits.h>
#include <poll.h>
#include <stdint.h>
#include <string.h>
#include <time.h>

/* LDAP_OPT_ON and LDAP_OPT_OFF are pointer casts, which Swift does not import. */
static inline int lockstep_ldap_set_flag(LDAP *ld, int option, int on) {
    return ldap_set_option(ld, option, on ? LDAP_OPT_ON : LDAP_OPT_OFF);
}


/* A global variable of C, which Swift cannot prove to be constant. */
static inline int lockstep_ldap_read_ahead(LDAP *ld) {
    Sockbuf *sb = NULL;
    ldap_get_option(ld, LDAP_OPT_SOCKBUF, &sb);
    return ber_sockbuf_add_io(sb, &ber_sockbuf_io_readahead, LBER_SBIOD_LEVEL_PROVIDER, NULL);
}

/*
 * A layer between the socket and everything above it (TLS, libldap's messages) that ends every wait at
 * one instant, and counts what was read. libldap 2.5.13 alone does neither: it waits in time for the
 * first octet only, its sockets block in the middle of a message and of a TLS record, with GnuTLS it
 * asks again for ever during the handshake (tls_g.c, tlsg_session_accept), and as long as messages that
 * nobody asked for keep coming it reads on without a look at the time. The layers of a Sockbuf can only
 * be made of C functions.
 */
struct lockstep_limit {
    int64_t end;      /* nanoseconds of CLOCK_MONOTONIC */
    uint64_t octets;  /* that the socket gave so far */
};

/* Nanoseconds of CLOCK_MONOTONIC. */
static inline int64_t lockstep_now(void) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000000000 + now.tv_nsec;
}

static inline int lockstep_limit_wait(Sockbuf_IO_Desc *layer, short event) {
    const struct lockstep_limit *limit = (const struct lockstep_limit *)layer->sbiod_pvt;
    struct pollfd wanted = {-1, event, 0};
    int64_t left = limit->end - lockstep_now();
    int64_t most = (int64_t)INT_MAX * 1000000;
    ber_sockbuf_ctrl(layer->sbiod_sb, LBER_SB_OPT_GET_FD, &wanted.fd);
    if (left > most) left = most;
    if (left <= 0 || poll(&wanted, 1, (int)((left + 999999) / 1000000)) == 0) {
        errno = ETIMEDOUT;
        return -1;
    }
    return 0;
}

static inline int lockstep_limit_setup(Sockbuf_IO_Desc *layer, void *limit) {
    layer->sbiod_pvt = limit;
    return 0;
}

static inline int lockstep_limit_remove(Sockbuf_IO_Desc *layer) {
    layer->sbiod_pvt = NULL;
    return 0;
}

static inline int lockstep_limit_ctrl(Sockbuf_IO_Desc *layer, int option, void *argument) {
    return LBER_SBIOD_CTRL_NEXT(layer, option, argument);
}

/* The socket does not block; whoever is above this layer finds one that does. */
static inline int lockstep_limit_again(void) {
    return errno == EAGAIN || errno == EWOULDBLOCK || errno == EINTR;
}

static inline ber_slen_t lockstep_limit_read(Sockbuf_IO_Desc *layer, void *to, ber_len_t size) {
    struct lockstep_limit *limit = (struct lockstep_limit *)layer->sbiod_pvt;
    for (;;) {
        if (lockstep_limit_wait(layer, POLLIN)) return -1;
        ber_slen_t count = LBER_SBIOD_READ_NEXT(layer, to, size);
        if (count > 0) limit->octets += (uint64_t)count;
        if (count >= 0 || !lockstep_limit_again()) return count;
    }
}

static inline ber_slen_t lockstep_limit_write(
    Sockbuf_IO_Desc *layer, void *from, ber_len_t size) {
    for (;;) {
        if (lockstep_limit_wait(layer, POLLOUT)) return -1;
        ber_slen_t count = LBER_SBIOD_WRITE_NEXT(layer, from, size);
        if (count >= 0 || !lockstep_limit_again()) return count;
    }
}

static inline int lockstep_limit_close(Sockbuf_IO_Desc *layer) {
    (void)layer;
    return 0;
}

/* Puts the layer on a handle that is connected; `limit` lives longer than the handle. */
static inline int lockstep_limit_install(LDAP *ld, struct lockstep_limit *limit) {
    static Sockbuf_IO layer = {
        lockstep_limit_setup, lockstep_limit_remove, lockstep_limit_ctrl,
        lockstep_limit_read, lockstep_limit_write, lockstep_limit_close,
    };
    Sockbuf *sb = NULL;
    ldap_get_option(ld, LDAP_OPT_SOCKBUF, &sb);
    return ber_sockbuf_add_io(sb, &layer, LBER_SBIOD_LEVEL_PROVIDER, limit);
}

static inline ber_slen_t lockstep_wipe_read(Sockbuf_IO_Desc *layer, void *to, ber_len_t size) {
    return LBER_SBIOD_READ_NEXT(layer, to, size);
}

static inline ber_slen_t lockstep_wipe_write(Sockbuf_IO_Desc *layer, void *from, ber_len_t size) {
    ber_slen_t count = LBER_SBIOD_WRITE_NEXT(layer, from, size);
    if (count > 0) explicit_bzero(from, (size_t)count);
    return count;
}

/*
 * A simple bind whose request is overwritten as it is sent. libldap 2.5.13 frees it as it is, and the
 * password would stand in the heap until something else happens to. A layer above TLS is handed the
 * request's own buffer, which nobody reads again.
 */
static inline int lockstep_ldap_simple_bind(
    LDAP *ld, const char *dn, struct berval *password, LDAPControl **controls, int *message) {
    Sockbuf_IO layer = {
        lockstep_limit_setup, lockstep_limit_remove, lockstep_limit_ctrl,
        lockstep_wipe_read, lockstep_wipe_write, lockstep_limit_close,
    };
    Sockbuf *sb = NULL;
    ldap_get_option(ld, LDAP_OPT_SOCKBUF, &sb);
    if (ber_sockbuf_add_io(sb, &layer, LBER_SBIOD_LEVEL_APPLICATION, NULL) != 0) {
        return LDAP_LOCAL_ERROR;
    }
    /* LDAP_SASL_SIMPLE is a pointer cast, which Swift does not import. */
    int code = ldap_sasl_bind(ld, dn, LDAP_SASL_SIMPLE, password, controls, NULL, message);
    ber_sockbuf_remove_io(sb, &layer, LBER_SBIOD_LEVEL_APPLICATION);
    return code;
}

/* libldap makes the socket block again once it has connected, and after a TLS handshake. */
static inline int lockstep_unblock(LDAP *ld) {
    Sockbuf *sb = NULL;
    ldap_get_option(ld, LDAP_OPT_SOCKBUF, &sb);
    return ber_sockbuf_ctrl(sb, LBER_SB_OPT_SET_NONBLOCK, sb) == 1 ? 0 : -1;
}

/* A message that says it is longer is refused before there is memory for it. */
static inline int lockstep_limit_message(LDAP *ld, ber_len_t octets) {
    Sockbuf *sb = NULL;
    ldap_get_option(ld, LDAP_OPT_SOCKBUF, &sb);
    return ber_sockbuf_ctrl(sb, LBER_SB_OPT_SET_MAX_INCOMING, &octets) == 1 ? 0 : -1;
}

#endif
