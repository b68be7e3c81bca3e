using System.ComponentModel;
using System.Diagnostics;

namespace FeatureTransfer.Cli.Tests.Documentation;

/// <summary>Python that a page shows is Python; what it imports is seldom installed where these tests run.</summary>
public class DocumentedPythonTests
{
    private static IEnumerable<TestCaseData> Blocks() => DocumentedCode.In("python").Select(code => new TestCaseData(code).SetArgDisplayNames(code.ToString()));

    [TestCaseSource(nameof(Blocks))]
    public void Python_OfAPage_Compiles(object block)
    {
        var code = (DocumentedCode)block;
        var start = new ProcessStartInfo("python3", ["-c", "import sys; compile(sys.stdin.read(), sys.argv[1], 'exec')", code.ToString()]) { RedirectStandardInput = true, RedirectStandardError = true };
        try
        {
            using var python = Process.Start(start)!;
            python.StandardInput.Write(code.Text);
            python.StandardInput.Close();
            var error = python.StandardError.ReadToEnd();
            python.WaitForExit();
            Assert.That(python.ExitCode, Is.Zero, error);
        }
        catch (Win32Exception)
        {
            Assert.Ignore("python3 is not on this machine.");
        }
    }
}
