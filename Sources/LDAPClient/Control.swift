internal import CLDAP

/// A control of a request or an answer (RFC 4511, 4.1.11).
package struct Control: Hashable, Sendable {
    package let oid: String
    package let isCritical: Bool
    package let value: [UInt8]?

    package init(_ oid: String, isCritical: Bool, value: [UInt8]? = nil) {
        self.oid = oid
        self.isCritical = isCritical
        self.value = value
    }

    /// RFC 3296: entries as they are stored.
    ///
    /// slapo-dynlist(5) leaves out what its searches find.
    package static let manageDSAIT = Control("2.16.840.1.113730.3.4.2", isCritical: false)

    /// 389: attributes as the entry has them, and those that roles and classes of service compute
    /// (Red Hat Directory Server, LDAP controls: *real attributes only*, *virtual attributes only*).
    package static let storedAttributes = Control("2.16.840.1.113730.3.4.17", isCritical: true)
    package static let computedAttributes = Control("2.16.840.1.113730.3.4.19", isCritical: true)

    /// The controls of an entry's message; nil when they can't be decoded.
    static func list(of message: borrowing Message, on handle: Handle) -> [Control]? {
        guard let entry = unsafe message.pointer else { return nil }
        var controls: UnsafeMutablePointer<UnsafeMutablePointer<LDAPControl>?>?
        let code = unsafe ldap_get_entry_controls(handle.pointer, entry, &controls)
        defer { unsafe ldap_controls_free(controls) }
        return code == LDAP_SUCCESS ? unsafe list(controls) : nil
    }

    /// Copies a list that libldap made.
    static func list(
        _ array: UnsafeMutablePointer<UnsafeMutablePointer<LDAPControl>?>?
    ) -> [Control] {
        var result: [Control] = []
        guard var next = unsafe array else { return result }
        while let control = unsafe next.pointee {
            let value = unsafe control.pointee.ldctl_value
            unsafe result.append(
                Control(
                    String(cString: control.pointee.ldctl_oid),
                    isCritical: control.pointee.ldctl_iscritical != 0,
                    value: value.bv_val == nil ? nil : [UInt8](value)))
            unsafe next += 1
        }
        return result
    }
}

extension [UInt8] {
    /// Copies what a berval points to.
    init(_ value: berval) {
        let start = unsafe UnsafeRawPointer(value.bv_val)
        let count = unsafe value.bv_val == nil ? 0 : Int(value.bv_len)
        self = unsafe Array(UnsafeRawBufferPointer(start: start, count: count))
    }
}
