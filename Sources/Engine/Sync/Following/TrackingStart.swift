internal import LDAP

/// What is known of a server before everything is read.
struct TrackingStart {
    /// How far the server had come; nil where it does not say.
    let contextCSN: ContextCSN?
    /// Of the names that the entries stand below.
    let containers: [UInt8]
    /// The server lacks writes that another one, or it itself, has shown before.
    let lagsBehind: Bool
    /// By the stopwatch.
    let begun: Double
}
