/// What a promise asks of its server.
struct ConformanceOptions {
    /// The most entries that it gives to the service account; nil is unlimited.
    var sizeLimit: Int?
    /// Whether it shows a certificate of the test's CA to ldaps://.
    var isSecure = false
}
