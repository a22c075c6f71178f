#ifndef LOCKSTEP_CLDAP_H
#define LOCKSTEP_CLDAP_H

#include <lber.h>
#include <ldap.h>

/* LDAP_OPT_ON, LDAP_OPT_OFF and LDAP_SASL_SIMPLE are pointer casts, which Swift does not import. */
static inline int lockstep_ldap_set_flag(LDAP *ld, int option, int on) {
    return ldap_set_option(ld, option, on ? LDAP_OPT_ON : LDAP_OPT_OFF);
}

static inline int lockstep_ldap_simple_bind(
    LDAP *ld, const char *dn, struct berval *password, LDAPControl **controls, int *message) {
    return ldap_sasl_bind(ld, dn, LDAP_SASL_SIMPLE, password, controls, NULL, message);
}

#endif
