/// The lowest version of TLS that a connection may use.
package enum TLSVersion: String, Sendable, CaseIterable {
    // swift-format-ignore: AlwaysUseLowerCamelCase
    case v1_2 = "1.2"
    // swift-format-ignore: AlwaysUseLowerCamelCase
    case v1_3 = "1.3"
}
