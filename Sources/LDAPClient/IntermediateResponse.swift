internal import CLDAP

/// A message between a request and its result (RFC 4511, 4.13).
struct IntermediateResponse {
    let oid: String?
    let value: [UInt8]?

    /// nil when the message can't be decoded.
    init?(_ message: borrowing Message, on handle: Handle) {
        guard let pointer = unsafe message.pointer else { return nil }
        var name: UnsafeMutablePointer<CChar>?
        var data: UnsafeMutablePointer<berval>?
        let code = unsafe ldap_parse_intermediate(
            handle.pointer, pointer, &name, &data, nil, 0)
        defer {
            unsafe ldap_memfree(name)
            unsafe ber_bvfree(data)
        }
        guard code == LDAP_SUCCESS else { return nil }
        oid = unsafe name.map { unsafe String(cString: $0) }
        value = unsafe data.map { unsafe [UInt8]($0.pointee) }
    }
}
