internal import Foundation
internal import Glibc

/// A CA's CMP door made of Bouncy Castle, which EJBCA is made of as well: it reads the requests by itself,
/// and keeps what was revoked, unlike OpenSSL's.
///
/// It takes requests that `ra` has signed, or that the secret protects.
package final class BouncyCastleServer: Sendable {
    private static let jars = ["bcpkix", "bcprov", "bcutil"].map { "/usr/share/java/\($0).jar" }

    package let url: String
    private let child: ChildProcess
    private let folder: TemporaryFolder

    package init(of authority: CertificateAuthority, secret: String = "swordfish") throws {
        folder = try TemporaryFolder("bouncy")
        let source = try folder.write(Self.source, to: "Peer.java")
        child = try ChildProcess(
            "/usr/bin/java",
            ["-cp", Self.jars.joined(separator: ":"), source, authority.certificate]
                + [authority.key, authority.file("ra", "pem"), secret])
        for _ in 0..<6_000 {
            if let line = child.outputSoFar.split(separator: "\n").first {
                url = "http://127.0.0.1:\(line)/"
                return
            }
            guard child.isRunning else { break }
            usleep(10_000)
        }
        throw FixtureError(
            "Bouncy Castle does not listen (Debian packages default-jdk-headless and "
                + "libbcpkix-java): \(child.errorsSoFar)")
    }

    /// What was asked for, in order: serial and the number of the reason.
    package var asked: [String] {
        child.outputSoFar.split(separator: "\n").dropFirst().map(String.init)
    }

    private static let source = """
        import com.sun.net.httpserver.HttpServer;
        import java.io.FileReader;
        import java.math.BigInteger;
        import java.net.InetSocketAddress;
        import java.security.*;
        import java.util.*;
        import org.bouncycastle.asn1.*;
        import org.bouncycastle.asn1.cmp.*;
        import org.bouncycastle.asn1.crmf.CertTemplate;
        import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
        import org.bouncycastle.asn1.x509.*;
        import org.bouncycastle.cert.X509CertificateHolder;
        import org.bouncycastle.cert.cmp.*;
        import org.bouncycastle.cert.crmf.PKMACBuilder;
        import org.bouncycastle.cert.crmf.jcajce.JcePKMACValuesCalculator;
        import org.bouncycastle.jce.provider.BouncyCastleProvider;
        import org.bouncycastle.openssl.PEMParser;
        import org.bouncycastle.openssl.jcajce.JcaPEMKeyConverter;
        import org.bouncycastle.operator.jcajce.*;

        public class Peer {
          static final int HOLD = 6, REMOVE = 8;
          static Map<BigInteger, Integer> index = new HashMap<>();
          static X509CertificateHolder issuer, ra;
          static PrivateKey key;
          static char[] secret;

          public static void main(String[] arguments) throws Exception {
            Security.addProvider(new BouncyCastleProvider());
            issuer = certificate(arguments[0]);
            ra = certificate(arguments[2]);
            key = new JcaPEMKeyConverter().getPrivateKey(
                (PrivateKeyInfo) new PEMParser(new FileReader(arguments[1])).readObject());
            secret = arguments[3].toCharArray();
            HttpServer server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
            server.createContext("/", exchange -> {
              try {
                byte[] answer = answer(new GeneralPKIMessage(exchange.getRequestBody().readAllBytes()));
                exchange.getResponseHeaders().set("Content-Type", "application/pkixcmp");
                exchange.sendResponseHeaders(200, answer.length);
                exchange.getResponseBody().write(answer);
              } catch (Exception failure) {
                failure.printStackTrace();
                exchange.sendResponseHeaders(500, -1);
              }
              exchange.close();
            });
            server.start();
            System.out.println(server.getAddress().getPort());
          }

          static X509CertificateHolder certificate(String path) throws Exception {
            return (X509CertificateHolder) new PEMParser(new FileReader(path)).readObject();
          }

          static PKMACBuilder mac() throws Exception {
            return new PKMACBuilder(new JcePKMACValuesCalculator().setProvider("BC"));
          }

          static byte[] answer(GeneralPKIMessage general) throws Exception {
            PKIHeader header = general.getHeader();
            ProtectedPKIMessage message = new ProtectedPKIMessage(general);
            boolean isSecret = message.hasPasswordBasedMacProtection();
            boolean isVerified = isSecret
                ? message.verify(mac(), secret)
                : message.verify(new JcaContentVerifierProviderBuilder().setProvider("BC").build(ra));
            ProtectedPKIMessageBuilder builder =
                new ProtectedPKIMessageBuilder(new GeneralName(issuer.getSubject()), header.getSender());
            builder.setBody(body(general.getBody(), isVerified));
            builder.setTransactionID(header.getTransactionID().getOctets());
            builder.setRecipNonce(header.getSenderNonce().getOctets());
            byte[] nonce = new byte[16];
            new SecureRandom().nextBytes(nonce);
            builder.setSenderNonce(nonce);
            builder.setMessageTime(new Date());
            if (isSecret) {
              builder.setSenderKID(header.getSenderKID().getOctets());
              return builder.build(mac().build(secret)).toASN1Structure().getEncoded();
            }
            builder.addCMPCertificate(issuer);
            return builder.build(new JcaContentSignerBuilder("SHA256withECDSA").setProvider("BC").build(key))
                .toASN1Structure().getEncoded();
          }

          static PKIBody body(PKIBody request, boolean isVerified) throws Exception {
            if (request.getType() == PKIBody.TYPE_GEN_MSG && isVerified) {
              return new PKIBody(PKIBody.TYPE_GEN_REP, new GenRepContent(new InfoTypeAndValue[0]));
            }
            RevDetails details = ((RevReqContent) request.getContent()).toRevDetailsArray()[0];
            int failure = isVerified ? revoke(details) : PKIFailureInfo.badMessageCheck;
            PKIStatusInfo status = failure < 0
                ? new PKIStatusInfo(PKIStatus.granted)
                : new PKIStatusInfo(PKIStatus.rejection, new PKIFreeText("so it is"), new PKIFailureInfo(failure));
            return new PKIBody(PKIBody.TYPE_REVOCATION_REP, new RevRepContentBuilder().add(status).build());
          }

          static int revoke(RevDetails details) throws Exception {
            CertTemplate template = details.getCertDetails();
            BigInteger serial = template.getSerialNumber().getValue();
            int reason = ASN1Enumerated.getInstance(
                details.getCrlEntryDetails().getExtension(Extension.reasonCode).getParsedValue()).intValueExact();
            System.out.println(serial.toString(16) + " " + reason);
            if (!issuer.getSubject().equals(template.getIssuer())) return PKIFailureInfo.badCertId;
            Integer known = index.get(serial);
            if (reason == REMOVE) {
              if (known == null || known != HOLD) return PKIFailureInfo.badCertId;
              index.remove(serial);
              return -1;
            }
            if (known != null && known != HOLD) return PKIFailureInfo.certRevoked;
            index.put(serial, reason);
            return -1;
          }
        }
        """
}
