internal import LDAP

/// What is known of a server before a read: what the read's end will have stored at least.
struct TrackingStart {
    /// How far the server had come; nil where it does not say.
    let contextCSN: ContextCSN?
    /// Of the names that the entries stand below.
    let containers: [UInt8]
    /// The server lacks writes that another one, or it itself, has shown before.
    let lagsBehind: Bool

    /// A content sync from here on tells of all that the read may have missed.
    var cookie: [UInt8]? {
        contextCSN.map { Array("rid=000,csn=\($0)".utf8) }
    }
}
