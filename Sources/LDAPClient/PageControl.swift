internal import CLDAP
internal import Ground

/// The paged results control (RFC 2696).
enum PageControl {
    static let oid = "1.2.840.113556.1.4.319"

    /// Not critical: who can't page answers in one, and says by leaving the control out that it did.
    static func request(size: Int, cookie: [UInt8]) -> Control {
        let content = BER.integer(size) + BER.element(BER.octetString, cookie)
        return Control(oid, isCritical: false, value: BER.element(BER.sequence, content))
    }

    /// nil when the value is not what RFC 2696 wants; empty on the last page.
    static func cookie(_ control: Control) -> [UInt8]? {
        guard let value = control.value, let sequence = BER.content(value[...], tag: BER.sequence)
        else { return nil }
        var fields = BERReader(sequence.content)
        guard fields.take(BER.number) != nil else { return nil }
        return fields.octets()
    }
}
