/// Told of what is asked of a directory: each request as somebody could type it, and that an answer is waited for.
package struct RequestWatch {
    package enum Request {
        /// A command line of OpenLDAP's `ldapsearch`, without a password.
        case search(String)
        /// LDIF for `ldapmodify`.
        case change(String)
    }

    /// What was asked of which server, such as `hq, ldap://127.0.0.1:389`; nil: nobody wants to read it.
    let tell: ((_ place: String, Request) -> Void)?
    let begin: ((_ what: String) -> Void)?
    let end: (() -> Void)?
    /// Asked while a search is waited for; true ends it.
    let isStopped: (() -> Bool)?

    package static var none: RequestWatch {
        RequestWatch(tell: nil, begin: nil, end: nil, isStopped: nil)
    }

    /// `begin` and `end` stand around each wait for somebody else's answer.
    package init(
        tell: ((_ place: String, Request) -> Void)?, begin: ((_ what: String) -> Void)?,
        end: (() -> Void)?, isStopped: (() -> Bool)?
    ) {
        self.tell = tell
        self.begin = begin
        self.end = end
        self.isStopped = isStopped
    }

    /// Does what waits for somebody who is not asked by LDAP: a CA, a receiver, another program.
    func during<T: ~Copyable>(
        _ what: @autoclosure () -> String, _ work: () throws -> T
    ) rethrows -> T {
        begin?(what())
        defer { end?() }
        return try work()
    }
}
