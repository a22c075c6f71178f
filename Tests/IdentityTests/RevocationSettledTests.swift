import Ground
import Identity
import Testing

/// Whose revocation counts where the CA had revoked a certificate before it was told.
struct RevocationSettledTests {
    private static func revocation(
        _ reason: RevocationReason, _ at: Int64, by process: ProcessID? = nil
    ) -> Certificate.Revocation {
        Certificate.Revocation(reason: reason, at: Timestamp(seconds: at), by: process)
    }

    private let ours = revocation(.affiliationChanged, 1_000, by: 7)

    @Test func `the earlier reason and time of the CA are the certificate's`() {
        #expect(
            ours.settled(with: Self.revocation(.superseded, 900))
                == Self.revocation(.superseded, 900, by: 7))
    }

    @Test(arguments: [1_000, 1_001])
    func `what the CA did when it was told, or since, changes nothing`(at: Int64) {
        #expect(ours.settled(with: Self.revocation(.superseded, at)) == nil)
        #expect(ours.settled(with: nil) == nil)
    }

    @Test func `a compromised key stays one, since the earlier time`() {
        let ours = Self.revocation(.keyCompromise, 1_000, by: 7)
        #expect(
            ours.settled(with: Self.revocation(.superseded, 900))
                == Self.revocation(.keyCompromise, 900, by: 7))
    }
}
