import Identity
import Testing

@Suite struct RevocationReasonTests {
    /// RFC 5280, 5.3.1; 2, 7, 8 and 10 are not ours to write.
    @Test(arguments: [
        (RevocationReason.unspecified, 0), (.keyCompromise, 1), (.cACompromise, 2),
        (.affiliationChanged, 3), (.superseded, 4), (.cessationOfOperation, 5),
        (.certificateHold, 6), (.privilegeWithdrawn, 9), (.aACompromise, 10),
    ])
    func `each reason has the code of the RFC`(reason: RevocationReason, code: Int) {
        #expect(reason.code == code)
        #expect(RevocationReason(code: code) == reason)
        #expect(RevocationReason.ours.contains(reason) == ![2, 10].contains(code))
    }

    @Test(arguments: [7, 8, 11, -1])
    func `what is no reason is none`(code: Int) {
        #expect(RevocationReason(code: code) == nil)
    }
}
