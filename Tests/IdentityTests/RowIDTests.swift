import Ground
import Identity
import Testing

/// The numbers that the store gives: each a type of its own, and a plain number to the reader.
@Suite struct RowIDTests {
    private static func words<ID: RowID>(_ type: ID.Type) -> [String] {
        let ids = [ID(rawValue: 12), ID(rawValue: 3)]
        return ids.sorted().map { "\($0)" } + [JSONValue(ids[0]).text, JSONValue(nil as ID?).text]
    }

    @Test(arguments: [
        RowIDTests.words(UserID.self), RowIDTests.words(ProcessID.self),
        RowIDTests.words(GroupID.self), RowIDTests.words(CredentialID.self),
        RowIDTests.words(CertificateID.self), RowIDTests.words(RunID.self),
    ])
    func `a number is told as it is, in the order of the rows, and its absence is null`(
        words: [String]
    ) {
        #expect(words == ["3", "12", "12", "null"])
    }
}
