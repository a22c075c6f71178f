/// The account's flags in Active Directory ([MS-ADTS] 2.2.16), a signed number of 32 bits.
struct UserAccountControl: Hashable {
    let rawValue: Int32

    init(rawValue: Int32) {
        self.rawValue = rawValue
    }

    /// nil unless the entry shows exactly one, and it is a number of 32 bits.
    init?(_ entry: Entry) {
        let values = entry[.userAccountControl]
        guard values.count == 1, let text = values[0].text, let number = Int32(text) else {
            return nil
        }
        rawValue = number
    }

    /// ADS_UF_ACCOUNTDISABLE.
    private static let accountDisabled: Int32 = 0x2

    var isDisabled: Bool { rawValue & Self.accountDisabled != 0 }

    var disabled: UserAccountControl { .init(rawValue: rawValue | Self.accountDisabled) }

    var enabled: UserAccountControl { .init(rawValue: rawValue & ~Self.accountDisabled) }

    var value: AttributeValue { AttributeValue(String(rawValue)) }
}
