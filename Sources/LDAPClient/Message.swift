internal import CLDAP

/// One message of a server; freed with its owner.
@safe struct Message: ~Copyable {
    /// LDAP_RES_SEARCH_ENTRY and its like.
    let type: Int32

    /// Lent to the files that read it, never kept.
    let pointer: OpaquePointer?

    /// Takes ownership, also of what `ldap_result` gave beside an error.
    init(owning pointer: OpaquePointer?, type: Int32) {
        unsafe self.pointer = unsafe pointer
        self.type = type
    }

    deinit {
        if let pointer = unsafe pointer { unsafe ldap_msgfree(pointer) }
    }

    /// Of which request it is; 0 for what a server tells unasked (RFC 4511, 4.4).
    var request: Int32 { unsafe ldap_msgid(pointer) }

    /// Whether it ends an answer.
    var isFinal: Bool {
        switch type {
        case ber_int_t(LDAP_RES_SEARCH_ENTRY), ber_int_t(LDAP_RES_SEARCH_REFERENCE),
            ber_int_t(LDAP_RES_INTERMEDIATE):
            false
        default: true
        }
    }
}

extension LDAPFailure.Attempt {
    /// The one kind of message that ends the answer to it.
    var finalType: Int32 {
        switch self {
        case .connect, .bind: ber_int_t(LDAP_RES_BIND)
        case .search: ber_int_t(LDAP_RES_SEARCH_RESULT)
        case .modify: ber_int_t(LDAP_RES_MODIFY)
        case .delete: ber_int_t(LDAP_RES_DELETE)
        case .startTLS, .whoAmI: ber_int_t(LDAP_RES_EXTENDED)
        }
    }
}
