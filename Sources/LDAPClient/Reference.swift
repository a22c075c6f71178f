internal import CLDAP

/// A continuation reference (RFC 4511, 4.5.3): where the rest of the tree is.
enum Reference {
    static func urls(_ message: borrowing Message, on handle: Handle) -> [String] {
        var urls: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>?
        guard let pointer = unsafe message.pointer,
            unsafe ldap_parse_reference(handle.pointer, pointer, &urls, nil, 0) == LDAP_SUCCESS
        else { return ["(unreadable)"] }
        defer { unsafe Outcome.free(urls) }
        let texts = unsafe Outcome.strings(urls)
        return texts.isEmpty ? ["(unreadable)"] : texts
    }
}
