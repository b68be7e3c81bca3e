using System.Text.Json;
using FeatureTransfer.Cli.Tests.Samples;

namespace FeatureTransfer.Cli.Tests;

public class SimilarCommandTests
{
    [Test]
    public async Task Find_Photo_ListsTheNearestColoursFirst()
    {
        using var colours = new ColourFolder(3);
        var index = await BuildAsync(colours);
        var (code, text, error) = await Ft.RunAsync("similar", "find", index, colours.ImagePath("green", 1), "-k", "4", "--format", "csv");
        Assert.That(code, Is.EqualTo(ExitCodes.Ok), error);
        var lines = text.ReplaceLineEndings("\n").TrimEnd().Split('\n');
        Assert.That(lines[0], Is.EqualTo("query,rank,item,distance"));
        Assert.That(lines, Has.Length.EqualTo(5));
        Assert.That(lines[1], Does.StartWith($"{colours.ImagePath("green", 1)},1,{colours.ImagePath("green", 1)},"));
        Assert.That(lines[1..4], Has.All.Contain("green"));
        Assert.That(lines[4], Does.Not.Contain(Path.Combine("green", "0")).And.Not.Contain(",green"));
    }

    [Test]
    public async Task Find_Json_HasAnObjectAQuery()
    {
        using var colours = new ColourFolder(2);
        var index = await BuildAsync(colours, "--metric", "euclidean");
        var (_, text, _) = await Ft.RunAsync("similar", "find", index, colours.ImagePath("red", 0), colours.ImagePath("blue", 1), "-k", "100", "--json");
        var found = JsonDocument.Parse(text).RootElement;
        Assert.Multiple(() =>
        {
            Assert.That(found.GetArrayLength(), Is.EqualTo(2));
            Assert.That(found[1].GetProperty("query").GetString(), Is.EqualTo(colours.ImagePath("blue", 1)));
            Assert.That(found[1].GetProperty("items").GetArrayLength(), Is.EqualTo(6), "there are no more");
            Assert.That(found[1].GetProperty("items")[0].GetProperty("name").GetString(), Is.EqualTo(colours.ImagePath("blue", 1)));
            Assert.That(found[1].GetProperty("items")[0].GetProperty("distance").GetDouble(), Is.Zero);
        });
    }

    [Test]
    public async Task Clusters_Colours_AreTheirFolders()
    {
        using var colours = new ColourFolder(3);
        var index = await BuildAsync(colours, "--metric", "euclidean");
        var table = await Ft.RunAsync("similar", "clusters", index, "--count", "3", "--folders");
        var csv = await Ft.RunAsync("similar", "clusters", index, "--format", "csv");
        var json = await Ft.RunAsync("similar", "clusters", index, "--count", "3", "--folders", "--json");
        var found = JsonDocument.Parse(json.Output).RootElement;
        Assert.Multiple(() =>
        {
            Assert.That(table.Code, Is.EqualTo(ExitCodes.Ok), table.Error);
            Assert.That(table.Output, Does.Contain("3 clusters of 9 items").And.Contain("adjusted Rand index 1.000").And.Match(@"\b1 +3 +(red|green|blue) +1\.000 "));
            Assert.That(csv.Output.ReplaceLineEndings("\n").TrimEnd().Split('\n'), Has.Length.EqualTo(10));
            Assert.That(found.GetProperty("agreement").GetProperty("purity").GetDouble(), Is.EqualTo(1));
            Assert.That(found.GetProperty("clusters").EnumerateArray().Select(cluster => cluster.GetProperty("items").GetArrayLength()), Is.EqualTo(new[] { 3, 3, 3 }));
        });
    }

    [Test]
    public async Task Find_QueryThatIsNoImage_AnswersTheOthers()
    {
        using var colours = new ColourFolder(1);
        var index = await BuildAsync(colours);
        var bad = Path.Combine(colours.Root, "bad.png");
        File.WriteAllText(bad, "no image");
        var (code, text, error) = await Ft.RunAsync("similar", "find", index, bad, colours.ImagePath("red", 0), "-k", "1");
        Assert.That(code, Is.EqualTo(ExitCodes.SomeRejected));
        Assert.That(text, Does.Contain("red"));
        Assert.That(error, Does.Contain("bad.png"));
    }

    [Test]
    public async Task Find_BackboneThatChanged_SaysToBuildAgain()
    {
        using var colours = new ColourFolder(1);
        var index = await BuildAsync(colours);
        SmallModels.Stages().Save(colours.Backbone);
        var (code, _, error) = await Ft.RunAsync("similar", "find", index, colours.ImagePath("red", 0));
        Assert.That(code, Is.EqualTo(ExitCodes.BadInput));
        Assert.That(error, Does.Contain(index).And.Contain("Build the index again"));
    }

    [Test]
    public async Task Find_FileThatIsNoIndex_IsBadInput()
    {
        using var colours = new ColourFolder(1);
        var (code, _, error) = await Ft.RunAsync("similar", "find", colours.Backbone, colours.ImagePath("red", 0));
        Assert.That(code, Is.EqualTo(ExitCodes.BadInput));
        Assert.That(error, Does.Contain("is no index of neighbours"));
    }

    [Test]
    public async Task Duplicates_CopiesInOtherFolders_AreGroups()
    {
        using var colours = new ColourFolder(1);
        File.Copy(colours.ImagePath("red", 0), Path.Combine(colours.Images, "green", "copy.png"));
        var index = await BuildAsync(colours);
        var (code, text, error) = await Ft.RunAsync("similar", "duplicates", index, "--threshold", "0.9999", "--json");
        Assert.That(code, Is.EqualTo(ExitCodes.Ok), error);
        var groups = JsonDocument.Parse(text).RootElement;
        Assert.That(groups.EnumerateArray().Single().GetProperty("items").EnumerateArray().Select(item => item.GetString()), Is.EquivalentTo(new[] { colours.ImagePath("red", 0), Path.Combine(colours.Images, "green", "copy.png") }));
    }

    [Test]
    public async Task Duplicates_ThresholdOutOfRange_SaysWhatIsExpected()
    {
        using var colours = new ColourFolder(1);
        var (code, _, error) = await Ft.RunAsync("similar", "duplicates", await BuildAsync(colours), "--threshold", "1.5");
        Assert.That(code, Is.EqualTo(ExitCodes.BadInput));
        Assert.That(error, Does.Contain("--threshold is 1.5. Expected a cosine, from -1 to 1"));
    }

    [Test]
    public async Task Build_SomeAndAllImagesBad_RejectsThem()
    {
        using var colours = new ColourFolder(1);
        var bad = colours.Add("red/bad.png", [1]);
        var output = Path.Combine(colours.Root, "items.fti");
        Assert.That((await Ft.RunAsync("similar", "build", colours.Images, "--backbone", colours.Backbone, "--output", output)).Code, Is.EqualTo(ExitCodes.SomeRejected));
        Assert.That(File.ReadAllText(output + ".rejected.jsonl"), Does.Contain("bad.png"));
        var (code, _, error) = await Ft.RunAsync("similar", "build", bad, "--backbone", colours.Backbone, "--output", output);
        Assert.That(code, Is.EqualTo(ExitCodes.BadInput));
        Assert.That(error, Does.Contain("all 1 items were rejected"));
    }

    [Test]
    public async Task BuildAndFind_Texts_AreLinesAndArguments()
    {
        using var texts = new SmallTexts();
        var lines = texts.PathOf("lines.txt");
        File.WriteAllText(lines, "a b\n\nh h h g\na b c\n");
        var index = texts.PathOf("texts.fti");
        var built = await Ft.RunAsync("similar", "build", lines, "--backbone", texts.CardPath, "--pooling", "cls", "--no-cache", "--output", index);
        Assert.That(built.Code, Is.EqualTo(ExitCodes.Ok), built.Error);
        Assert.That(built.Output, Does.Contain("3 items of 2 features"));
        var (code, text, error) = await Ft.RunAsync("similar", "find", index, "a b", "-k", "1", "--format", "csv");
        Assert.That(code, Is.EqualTo(ExitCodes.Ok), error);
        Assert.That(text, Does.Contain("a b,1,a b,0"));
        var missing = await Ft.RunAsync("similar", "build", texts.PathOf("none.txt"), "--backbone", texts.CardPath, "--output", index);
        Assert.That(missing.Code, Is.EqualTo(ExitCodes.BadInput));
        Assert.That(missing.Error, Does.Contain("one text a line"));
    }

    private static async Task<string> BuildAsync(ColourFolder colours, params string[] more)
    {
        var output = Path.Combine(colours.Root, "items.fti");
        var (code, text, error) = await Ft.RunAsync(["similar", "build", colours.Images, "--backbone", colours.Backbone, "--output", output, .. more]);
        Assert.That(code, Is.EqualTo(ExitCodes.Ok), error);
        Assert.That(text, Does.Contain("features"));
        return output;
    }
}
