internal import CLDAP
internal import Glibc
internal import LDAP

/// The one owner of an `LDAP *`: sends requests, waits for answers, never longer than it may.
///
/// A class, so that a search that is under way keeps the connection that it runs on.
@safe final class Handle {
    /// Lent to the files that call libldap, never kept.
    let pointer: OpaquePointer
    /// The server's URL, for errors.
    let server: String
    /// Seconds.
    let operationTimeout: Int64
    /// False once a request got no answer: what comes next on this connection can't be trusted.
    private(set) var isUsable = true
    /// A search that is referred to one of these is whole without it.
    var contextsLeftOut: [DN] = []
    /// nil: an answer counts by the very name that was asked for.
    var schemaNames: SchemaNames?

    private init(owning pointer: OpaquePointer, server: String, operationTimeout: Int64) {
        unsafe self.pointer = unsafe pointer
        self.server = server
        self.operationTimeout = operationTimeout
    }

    deinit {
        unsafe ldap_unbind_ext_s(pointer, nil, nil)
    }

    /// Prepares a handle; nothing is sent yet.
    ///
    /// For `ldaps` it is one without TLS, which ``installTLS`` adds before the first request: libldap's
    /// own way waits for ever for a server that accepts and then keeps silent.
    static func prepare(_ options: ConnectionOptions) throws(LDAPFailure) -> Handle {
        var made: OpaquePointer?
        let whole = options.url.uri
        let uri = options.url.scheme == .ldaps ? "ldap" + whole.dropFirst("ldaps".count) : whole
        let code = unsafe ldap_initialize(&made, uri)
        guard code == LDAP_SUCCESS, let made = unsafe made else {
            throw LDAPFailure(
                attempted: .connect, target: options.url.text, code: ResultCode(rawValue: code))
        }
        return unsafe Handle(
            owning: made, server: options.url.text, operationTimeout: options.operationTimeout)
    }

    /// What a call on this handle answered, and what libldap knows about it.
    ///
    /// For calls that have no message of their own: the code is the handle's unless one is given.
    func failure(
        _ attempted: LDAPFailure.Attempt, _ target: String, code given: Int32? = nil
    ) -> LDAPFailure {
        var code: Int32 = LDAP_OTHER
        unsafe ldap_get_option(pointer, LDAP_OPT_RESULT_CODE, &code)
        var text: UnsafeMutablePointer<CChar>?
        unsafe ldap_get_option(pointer, LDAP_OPT_DIAGNOSTIC_MESSAGE, &text)
        defer { unsafe ldap_memfree(text) }
        let result = ResultCode(rawValue: given ?? code)
        if result == .serverDown || result == .connectError || result == .decodingError {
            isUsable = false
        }
        return LDAPFailure(
            attempted: attempted, target: target, code: result,
            diagnostic: unsafe text.map { unsafe String(cString: $0) } ?? "")
    }

    /// Waits for the next message of a request; `all` waits for the whole answer.
    ///
    /// When time is up the request is abandoned.
    func receive(
        _ id: Int32, all: Bool = false, _ attempted: LDAPFailure.Attempt, _ target: String
    ) throws(LDAPFailure) -> Message {
        var patience = timeval(tv_sec: Int(operationTimeout), tv_usec: 0)
        var answer: OpaquePointer?
        let wanted = all ? LDAP_MSG_ALL : LDAP_MSG_ONE
        let type = unsafe ldap_result(pointer, id, wanted, &patience, &answer)
        let message = unsafe Message(owning: answer, type: type)
        if type > 0 { return message }
        guard type == 0 else { throw failure(attempted, target) }
        isUsable = false
        abandon(id)
        throw LDAPFailure(
            attempted: attempted, target: target, code: .timeout,
            diagnostic: "no answer within \(operationTimeout) s")
    }

    /// Waits for an answer of one message and its result.
    func outcome(
        of id: Int32, _ attempted: LDAPFailure.Attempt, _ target: String
    ) throws(LDAPFailure) -> Outcome {
        let message = try receive(id, all: true, attempted, target)
        return try outcome(message, attempted, target)
    }

    func outcome(
        _ message: borrowing Message, _ attempted: LDAPFailure.Attempt, _ target: String
    ) throws(LDAPFailure) -> Outcome {
        guard let outcome = Outcome(message, on: self) else { throw failure(attempted, target) }
        return outcome
    }

    /// Tells the server that nobody waits for an answer any more.
    func abandon(_ id: Int32) {
        unsafe ldap_abandon_ext(pointer, id, nil, nil)
    }
}
