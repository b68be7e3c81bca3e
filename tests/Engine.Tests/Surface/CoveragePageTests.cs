using System.Text;
using Engine.Tests.Golden;

namespace Engine.Tests.Surface;

/// <summary>docs/mlnet-coverage.md is written by this test, and checked by it.</summary>
[TestFixture]
public class CoveragePageTests
{
    [Test]
    public void CoveragePage_OfTheRepository_IsCurrent()
    {
        string path = Path.Combine(Root(), "docs", "mlnet-coverage.md");
        string page = Page();
        if (Environment.GetEnvironmentVariable("FT_UPDATE_DOCS") is { Length: > 0 })
            File.WriteAllText(path, page);

        Assert.That(
            File.Exists(path) ? File.ReadAllText(path).ReplaceLineEndings("\n") : "",
            Is.EqualTo(page),
            "Write docs/mlnet-coverage.md anew: FT_UPDATE_DOCS=1 dotnet test tests/Engine.Tests --filter CoveragePage");
    }

    private static string Page()
    {
        var text = new StringBuilder("""
            # What the embedded engine has of ML.NET

            This page is written by a test; see CONTRIBUTING.md for the command. Everything public that `src/Engine` declares under
            `Microsoft.ML*` exists in ML.NET with the same signature, parameter names and defaults: a test compares it with lists of
            ML.NET's surface. Its results are held against results that ML.NET gave on the same inputs.

            ## Deliberate differences


            """.ReplaceLineEndings("\n"));
        text.Append(File.ReadAllText(Path.Combine(TestContext.CurrentContext.TestDirectory, "Surface", "differences.md")).ReplaceLineEndings("\n"));
        text.Append("\n## Surface\n\nPublic types and members, by the assembly of ML.NET that declares them.\n\n");
        SurfaceCoverage.Write(text);
        text.Append("\n## Results\n\nThe cases recorded from ML.NET. A case that is not listed below agrees within its tolerance; a case that is listed and agrees fails.\n\n");
        GoldenCoverage.Write(text);
        return text.ToString();
    }

    private static string Root()
    {
        for (var folder = new DirectoryInfo(TestContext.CurrentContext.TestDirectory); folder is not null; folder = folder.Parent)
            if (File.Exists(Path.Combine(folder.FullName, "FeatureTransfer.sln")))
                return folder.FullName;
        throw new DirectoryNotFoundException("The tests do not lie in the repository.");
    }
}
