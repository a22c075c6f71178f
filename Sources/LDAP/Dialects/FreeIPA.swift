extension Dialect {
    /// FreeIPA, which is made of 389 Directory Server.
    ///
    /// `ipa user-disable` writes nsAccountLock. No test here runs one.
    package static let freeIPA = of389(
        .freeIPA,
        // FreeIPA, install/share/60basev2.ldif.
        Marks(schema: AttributeName(trusted: "ipaUniqueID")) { $0.isOf389 && $0.isFreeIPA })
}

extension Dialect.Greeting {
    var isOf389: Bool {
        vendor.contains("389 project") || version.hasPrefix("389-directory")
    }

    /// By attributes of its own, or by its arc of extended operations (keytabs, enrolment, tokens).
    var isFreeIPA: Bool {
        entry.attributes.contains { $0.name.folded.hasPrefix("ipa") && !$0.values.isEmpty }
            || offersOperation(of: "2.16.840.1.113730.3.8.10.")
    }
}
