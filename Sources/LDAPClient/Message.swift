internal import CLDAP

/// One message of a server, or all of one answer; freed with its owner.
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
}
