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
    /// Seconds that one operation may take as a whole.
    let operationTimeout: Int64
    let limit = SocketLimit()
    /// False once a request got no answer: what comes next on this connection can't be trusted.
    private(set) var isUsable = true
    /// A search that is referred to one of these is whole without it.
    var contextsLeftOut: [DN] = []
    /// nil: an answer counts by the very name that was asked for.
    var schemaNames: SchemaNames?
    /// What objects of other servers stand in for, by the search that was referred to them.
    var referrals = ReferralObjects()
    /// Whether values that come in ranges are asked for to their end: Active Directory alone has them.
    var readsRanges = false
    /// Kept out of everything that a server says.
    var secret = Secret()
    /// The end of all that this connection is for.
    var commandEnd = Instant.never
    /// Asked several times a second while a search is waited for; true ends the wait.
    var isStopped: (() -> Bool)?
    private var lastAsked = Instant.now
    private var backlog = Backlog()

    private init(owning pointer: OpaquePointer, server: String, operationTimeout: Int64) {
        unsafe self.pointer = unsafe pointer
        self.server = server
        self.operationTimeout = operationTimeout
    }

    deinit {
        limit.end = .after(seconds: 1)
        unsafe ldap_unbind_ext_s(pointer, nil, nil)
        withExtendedLifetime(limit) {}
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
            // What the socket refuses once time is up libldap calls a server that is down.
            if Instant.now >= limit.end { return timeIsUp(attempted, target) }
        }
        return LDAPFailure(
            attempted: attempted, target: target, code: result,
            diagnostic: secret.struckOut(of: unsafe text.map { unsafe String(cString: $0) } ?? ""))
    }

    /// Until when an operation that begins now is waited for, from its first octet to its last.
    @discardableResult
    func beginOperation() -> Instant {
        let end = min(Instant.after(seconds: Double(operationTimeout)), commandEnd)
        limit.end = end
        return end
    }

    /// Waits for the next message of a request.
    ///
    /// When time is up the request is abandoned.
    func receive(
        _ id: Int32, until end: Instant, _ attempted: LDAPFailure.Attempt, _ target: String
    ) throws(LDAPFailure) -> Message {
        if let message = backlog.take(id) { return try expected(message, attempted, target) }
        limit.end = end
        while true {
            let now = Instant.now
            try requireTime(now, end, id, attempted, target)
            let before = limit.octets
            var patience = slice(of: end.seconds(since: now), for: attempted)
            var answer: OpaquePointer?
            let type = unsafe ldap_result(
                pointer, LDAP_RES_ANY, LDAP_MSG_ONE, &patience, &answer)
            let message = unsafe Message(owning: answer, type: type)
            if type < 0 {
                try requireTime(.now, end, id, attempted, target)
                throw failure(attempted, target)
            }
            if type == 0 { continue }
            if message.request == id { return try expected(message, attempted, target) }
            try keep(message, octets: limit.octets - before, attempted, target)
        }
    }

    /// The next message of a request, where it has come already; nil where it has not.
    ///
    /// One that has begun to come is waited for, as long as one operation may take.
    func arrived(
        _ id: Int32, _ attempted: LDAPFailure.Attempt, _ target: String
    ) throws(LDAPFailure) -> Message? {
        if let message = backlog.take(id) { return try expected(message, attempted, target) }
        beginOperation()
        while true {
            var atOnce = timeval(tv_sec: 0, tv_usec: 0)
            var answer: OpaquePointer?
            let before = limit.octets
            let type = unsafe ldap_result(pointer, LDAP_RES_ANY, LDAP_MSG_ONE, &atOnce, &answer)
            let message = unsafe Message(owning: answer, type: type)
            if type < 0 { throw failure(attempted, target) }
            if type == 0 { return nil }
            if message.request == id { return try expected(message, attempted, target) }
            try keep(message, octets: limit.octets - before, attempted, target)
        }
    }

    /// Whether something came for the request that nobody has asked for yet.
    func hasKept(for id: Int32) -> Bool { backlog.has(id) }

    /// For later, what came for another request.
    private func keep(
        _ message: consuming Message, octets: UInt64, _ attempted: LDAPFailure.Attempt,
        _ target: String
    ) throws(LDAPFailure) {
        let owner = message.request
        // 0: what a server tells unasked. A lost connection shows by itself.
        if owner > 0 { backlog.keep(message, of: owner, octets: octets) }
        guard backlog.octets <= Backlog.most else {
            isUsable = false
            throw LDAPFailure(
                attempted: attempted, target: target, code: .decodingError,
                diagnostic: "the server sends without end what is not waited for yet")
        }
    }

    private func timeIsUp(_ attempted: LDAPFailure.Attempt, _ target: String) -> LDAPFailure {
        LDAPFailure(
            attempted: attempted, target: target, code: .timeout,
            diagnostic: Instant.now >= commandEnd
                ? "no answer in the time that was left for this directory"
                : "no answer within \(operationTimeout) s")
    }

    /// Throws where time is up, or somebody asks to stop.
    private func requireTime(
        _ now: Instant, _ end: Instant, _ id: Int32, _ attempted: LDAPFailure.Attempt,
        _ target: String
    ) throws(LDAPFailure) {
        guard now < end else {
            isUsable = false
            let failure = timeIsUp(attempted, target)
            abandon(id)
            throw failure
        }
        // What writes is waited for: it may have been done.
        guard attempted == .search, let isStopped, now.seconds(since: lastAsked) > Self.pause
        else { return }
        lastAsked = now
        guard isStopped() else { return }
        abandon(id)
        throw LDAPFailure(
            attempted: attempted, target: target, code: .userCancelled, diagnostic: "interrupted")
    }

    /// Seconds between two questions whether to stop.
    private static let pause = 0.1

    private func slice(of seconds: Double, for attempted: LDAPFailure.Attempt) -> timeval {
        let isAsked = attempted == .search && isStopped != nil
        return timeval(seconds: isAsked ? min(seconds, Self.pause) : seconds)
    }

    /// A message that ends an answer to something else was not asked for.
    private func expected(
        _ message: consuming Message, _ attempted: LDAPFailure.Attempt, _ target: String
    ) throws(LDAPFailure) -> Message {
        guard message.isFinal, message.type != attempted.finalType else { return message }
        isUsable = false
        throw LDAPFailure(
            attempted: attempted, target: target, code: .decodingError,
            diagnostic: "the server answered something else than was asked")
    }

    /// Waits for the message that ends an answer; what comes before it means nothing.
    func answer(
        to id: Int32, _ attempted: LDAPFailure.Attempt, _ target: String
    ) throws(LDAPFailure) -> Message {
        let end = beginOperation()
        while true {
            let message = try receive(id, until: end, attempted, target)
            if message.isFinal { return message }
        }
    }

    func outcome(
        of id: Int32, _ attempted: LDAPFailure.Attempt, _ target: String
    ) throws(LDAPFailure) -> Outcome {
        try outcome(try answer(to: id, attempted, target), attempted, target)
    }

    func outcome(
        _ message: borrowing Message, _ attempted: LDAPFailure.Attempt, _ target: String
    ) throws(LDAPFailure) -> Outcome {
        guard let outcome = Outcome(message, on: self) else { throw failure(attempted, target) }
        return outcome
    }

    /// Tells the server that nobody waits for an answer any more.
    func abandon(_ id: Int32) {
        backlog.forget(id)
        // The operation's own time may be up.
        limit.end = .after(seconds: 1)
        unsafe ldap_abandon_ext(pointer, id, nil, nil)
    }
}
