import Identity
import Testing

@Suite struct RevocationReasonTests {
    /// RFC 5280, 5.3.1; 2, 7, 8 and 10 are not ours to write.
    @Test(arguments: [
        (RevocationReason.unspecified, 0), (.keyCompromise, 1), (.affiliationChanged, 3),
        (.superseded, 4), (.cessationOfOperation, 5), (.certificateHold, 6),
        (.privilegeWithdrawn, 9),
    ])
    func `each reason has the code of the RFC`(reason: RevocationReason, code: Int) {
        #expect(reason.code == code)
    }
}
