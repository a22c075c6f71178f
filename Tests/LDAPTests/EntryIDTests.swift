import LDAP
import Testing

@Suite struct EntryIDTests {
    @Test(arguments: [
        (Dialect.openldap, "0F1E2D3C-4b5a-6978-8796-a5b4c3d2e1f0"),
        (.openDJ, "0f1e2d3c-4b5a-6978-8796-a5b4c3d2e1f0"),
        (.pingDirectory, "0f1e2d3c-4b5a-6978-8796-a5b4c3d2e1f0"),
        (.ibmSDS, "0f1e2d3c-4b5a-6978-8796-a5b4c3d2e1f0"),
        (.custom, "0f1e2d3c-4b5a-6978-8796-A5B4C3D2E1F0"),
        (.directoryServer389, "e23c0d91-e73711f1-b9df8270-4A91C3C8"),
        (.freeIPA, "e23c0d91-e73711f1-b9df8270-4a91c3c8"),
    ])
    func `an id in text is kept in lower case`(dialect: Dialect, text: String) throws {
        let id = try #require(EntryID(AttributeValue(text), dialect: dialect))
        #expect(id.text == text.lowercased())
        #expect(id.value(for: dialect) == AttributeValue(text.lowercased()))
    }

    @Test(arguments: [
        (Dialect.openldap, ""), (.openldap, "0f1e2d3c4b5a69788796a5b4c3d2e1f0"),
        (.openldap, "e23c0d91-e73711f1-b9df8270-4a91c3c8"),
        (.openldap, "0f1e2d3c-4b5a-6978-8796-a5b4c3d2e1fg"),
        (.openldap, "0f1e2d3c-4b5a-6978-8796-a5b4c3d2e1f0)"),
        (.directoryServer389, "0f1e2d3c-4b5a-6978-8796-a5b4c3d2e1f0"),
        (.activeDirectory, "fifteen octets."), (.eDirectory, "seventeen octets."),
    ])
    func `an id of another form is none`(dialect: Dialect, text: String) {
        #expect(EntryID(AttributeValue(text), dialect: dialect) == nil)
        #expect(EntryID(text).value(for: dialect) == nil)
        #expect(EntryID(text).filter(for: dialect) == nil)
    }

    @Test func `a GUID turns its first three groups round`() throws {
        let octets: [UInt8] = [
            0x3C, 0x2D, 0x1E, 0x0F, 0x5A, 0x4B, 0x78, 0x69, 0x87, 0x96, 0xA5, 0xB4, 0xC3, 0xD2,
            0xE1, 0xF0,
        ]
        let value = AttributeValue(bytes: octets)
        let id = try #require(EntryID(value, dialect: .activeDirectory))
        #expect(id.text == "0f1e2d3c-4b5a-6978-8796-a5b4c3d2e1f0")
        #expect(id.value(for: .activeDirectory) == value)
        #expect(
            id.filter(for: .activeDirectory)?.description
                == #"(objectGUID=<-\1e\0fZKxi\87\96\a5\b4\c3\d2\e1\f0)"#)
        let other = try #require(EntryID(value, dialect: .eDirectory))
        #expect(other.text == "3c2d1e0f-5a4b-7869-8796-a5b4c3d2e1f0")
        #expect(other.value(for: .eDirectory) == value)
    }

    @Test func `a sync's UUID is the id of its dialect`() {
        let octets: [UInt8] = [
            0xE2, 0x3C, 0x0D, 0x91, 0xE7, 0x37, 0x11, 0xF1, 0xB9, 0xDF, 0x82, 0x70, 0x4A, 0x91,
            0xC3, 0xC8,
        ]
        #expect(
            EntryID(syncUUID: octets, dialect: .openldap)?.text
                == "e23c0d91-e737-11f1-b9df-82704a91c3c8")
        #expect(
            EntryID(syncUUID: octets, dialect: .directoryServer389)?.text
                == "e23c0d91-e73711f1-b9df8270-4a91c3c8")
        #expect(EntryID(syncUUID: Array(octets.dropLast()), dialect: .openldap) == nil)
    }

    @Test func `an entry is found by its id`() {
        #expect(
            EntryID("e23c0d91-e73711f1-b9df8270-4a91c3c8").filter(for: .freeIPA)?.description
                == "(nsUniqueId=e23c0d91-e73711f1-b9df8270-4a91c3c8)")
        #expect(EntryID("*").filter(for: .openldap) == nil)
    }
}
