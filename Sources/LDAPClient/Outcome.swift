internal import CLDAP
internal import LDAP

/// The LDAPResult at the end of an answer (RFC 4511, 4.1.9), with its controls.
struct Outcome {
    let code: ResultCode
    let matchedDN: String?
    let diagnostic: String
    let referrals: [String]
    let controls: [Control]

    /// nil when the message can't be decoded.
    init?(_ message: borrowing Message, on handle: Handle) {
        var code: Int32 = 0
        var matched: UnsafeMutablePointer<CChar>?
        var text: UnsafeMutablePointer<CChar>?
        var urls: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>?
        var controls: UnsafeMutablePointer<UnsafeMutablePointer<LDAPControl>?>?
        let parsed = unsafe ldap_parse_result(
            handle.pointer, message.pointer, &code, &matched, &text, &urls, &controls, 0)
        defer {
            unsafe ldap_memfree(matched)
            unsafe ldap_memfree(text)
            unsafe Self.free(urls)
            unsafe ldap_controls_free(controls)
        }
        guard parsed == LDAP_SUCCESS else { return nil }
        self.code = ResultCode(rawValue: code)
        let matchedText = unsafe matched.map { unsafe String(cString: $0) } ?? ""
        matchedDN = matchedText.isEmpty ? nil : matchedText
        diagnostic = handle.secret.struckOut(
            of: unsafe text.map { unsafe String(cString: $0) } ?? "")
        referrals = unsafe Self.strings(urls)
        self.controls = unsafe Control.list(controls)
    }

    func failure(
        _ attempted: LDAPFailure.Attempt, _ target: String, isIncomplete: Bool = false
    ) -> LDAPFailure {
        LDAPFailure(
            attempted: attempted, target: target, code: code, diagnostic: diagnostic,
            matchedDN: matchedDN, referrals: referrals, isIncomplete: isIncomplete)
    }

    /// Frees a NULL-terminated array of strings that libldap made.
    static func free(_ array: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>?) {
        guard let array = unsafe array else { return }
        unsafe ber_memvfree(
            UnsafeMutableRawPointer(array).assumingMemoryBound(to: UnsafeMutableRawPointer?.self))
    }

    static func strings(
        _ array: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>?
    ) -> [String] {
        var result: [String] = []
        guard var next = unsafe array else { return result }
        while let text = unsafe next.pointee, result.count < 100 {
            unsafe result.append(String(cString: text).boundedWords)
            unsafe next += 1
        }
        return result
    }
}
