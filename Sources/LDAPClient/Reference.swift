internal import CLDAP
internal import LDAP

/// A continuation reference (RFC 4511, 4.5.3): where the rest of the tree is.
enum Reference {
    static func urls(_ message: borrowing Message, on handle: Handle) -> [String] {
        var urls: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>?
        guard let pointer = unsafe message.pointer,
            unsafe ldap_parse_reference(handle.pointer, pointer, &urls, nil, 0) == LDAP_SUCCESS
        else { return ["(unreadable)"] }
        defer { unsafe Outcome.free(urls) }
        let texts = unsafe Outcome.strings(urls)
        guard !texts.isEmpty else { return ["(unreadable)"] }
        return texts.allSatisfy { handle.isNoGap($0) } ? [] : texts
    }
}

extension Handle {
    /// Whether a reference leads to a part of the tree that nobody here wants.
    fileprivate func isNoGap(_ url: String) -> Bool {
        guard let context = LDAPURL.name(inReference: url) else { return false }
        return contextsLeftOut.contains { context.isWithin($0) }
    }
}
