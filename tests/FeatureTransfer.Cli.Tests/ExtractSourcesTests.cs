using System.Formats.Tar;
using System.IO.Compression;
using FeatureTransfer.Cli.Tests.Samples;
using Microsoft.Data.Sqlite;

namespace FeatureTransfer.Cli.Tests;

/// <summary>What <c>ft extract</c> takes besides images and folders.</summary>
public class ExtractSourcesTests
{
    private ColourFolder _colours = null!;

    [SetUp]
    public void Make() => _colours = new ColourFolder(3);

    [TearDown]
    public void Remove() => _colours.Dispose();

    private string Output => Path.Combine(_colours.Root, "features.csv");

    [Test]
    public async Task Extract_Zip_NamesItsMembersAndRejectsTheBadOne()
    {
        _colours.Add("red/bad.png", [1, 2, 3]);
        var zip = Path.Combine(_colours.Root, "photos.zip");
        ZipFile.CreateFromDirectory(_colours.Images, zip);
        var (code, text, error) = await ExtractAsync(zip);
        Assert.Multiple(() =>
        {
            Assert.That(code, Is.EqualTo(ExitCodes.SomeRejected), error);
            Assert.That(text, Does.Contain("9 rows"));
            Assert.That(File.ReadAllText(Output), Does.Contain("photos.zip/red/1.png,"));
            Assert.That(File.ReadAllText(Output + ".rejected.jsonl"), Does.Contain("photos.zip/red/bad.png"));
        });
    }

    [Test]
    public async Task Extract_CompressedTar_GivesTheFeaturesOfTheFolder()
    {
        var tar = Path.Combine(_colours.Root, "photos.tar.gz");
        using (var gzip = new GZipStream(File.Create(tar), CompressionLevel.Fastest))
            await TarFile.CreateFromDirectoryAsync(_colours.Images, gzip, includeBaseDirectory: false);
        var (code, _, error) = await ExtractAsync(tar);
        var fromTar = Features(column: 0).Order().ToList();
        await ExtractAsync(_colours.Images);
        Assert.That(code, Is.EqualTo(ExitCodes.Ok), error);
        Assert.That(fromTar, Is.EqualTo(Features(column: 0).Order()));
    }

    [Test]
    public async Task Extract_Glob_TakesWhatMatches()
    {
        var (code, text, error) = await ExtractAsync(Path.Combine(_colours.Images, "**", "1.png"));
        Assert.That(code, Is.EqualTo(ExitCodes.Ok), error);
        Assert.That(text, Does.Contain("3 rows"));
    }

    [Test]
    public async Task Extract_CsvColumn_IsChosenByName()
    {
        var table = Path.Combine(_colours.Root, "photos.csv");
        File.WriteAllText(table, "id,photo\n1,images/red/0.png\n2,images/blue/0.png\n");
        var (code, text, error) = await ExtractAsync(table, "--column", "photo");
        Assert.That(code, Is.EqualTo(ExitCodes.Ok), error);
        Assert.That(text, Does.Contain("2 rows"));
        (code, _, error) = await ExtractAsync(table, "--column", "foto");
        Assert.That(code, Is.EqualTo(ExitCodes.BadInput));
        Assert.That(error, Does.Contain("photos.csv").And.Contain("'foto'").And.Contain("Did you mean 'photo'?"));
    }

    [Test]
    public async Task Extract_SqliteBlobs_AreNamedByTheirColumnAndBadOnesRejected()
    {
        var shop = MakeShop();
        var (code, text, error) = await ExtractAsync(shop, "--query", "SELECT sku, photo FROM products ORDER BY sku", "--column", "photo", "--name", "sku");
        Assert.Multiple(() =>
        {
            Assert.That(code, Is.EqualTo(ExitCodes.SomeRejected), error);
            Assert.That(text, Does.Contain("3 rows"));
            Assert.That(File.ReadAllLines(Output).Skip(1).Select(line => line.Split(',')[0]), Is.EqualTo(new[] { "sku-0", "sku-1", "sku-2" }));
            Assert.That(File.ReadAllText(Output + ".rejected.jsonl"), Does.Contain("sku-3").And.Contain("sku-4").And.Contain("NULL"));
        });
    }

    [Test]
    public async Task Extract_WrongColumnOrTable_NamesTheKnownOnes()
    {
        var shop = MakeShop();
        var (code, _, error) = await ExtractAsync(shop, "--query", "SELECT sku, photo FROM products", "--column", "phto");
        Assert.That(code, Is.EqualTo(ExitCodes.BadInput));
        Assert.That(error, Does.Contain("shop.sqlite").And.Contain("Did you mean 'photo'?"));
        (_, _, error) = await ExtractAsync(shop, "--query", "SELECT photo FROM product");
        Assert.That(error, Does.Contain("no such table: product").And.Contain("products (sku, photo)"));
        (_, _, error) = await ExtractAsync(shop);
        Assert.That(error, Does.Contain("--query"));
    }

    [Test]
    public async Task Extract_Nothing_SaysWhatToName()
    {
        var (code, _, error) = await ExtractAsync();
        Assert.That(code, Is.EqualTo(ExitCodes.BadInput));
        Assert.That(error, Does.Contain("name images"));
    }

    [Test]
    public async Task Extract_StandardInput_TakesAListOfPaths()
    {
        var list = string.Join('\0', Directory.EnumerateFiles(_colours.Images, "*.png", SearchOption.AllDirectories));
        using var process = FtProcess.Start(_colours.Root, ["extract", "-", "--backbone", _colours.Backbone, "--output", Output], input: list);
        var (code, text, error) = await process.WaitAsync();
        Assert.That(code, Is.EqualTo(ExitCodes.Ok), error);
        Assert.That(text, Does.Contain("9 rows"));
    }

    private Task<FtOutcome> ExtractAsync(params string[] inputs) =>
        Ft.RunAsync(["extract", .. inputs, "--backbone", _colours.Backbone, "--output", Output]);

    private IEnumerable<string> Features(int column) => File.ReadAllLines(Output).Skip(1).Select(line => line.Split(',')[column + 1]);

    private string MakeShop()
    {
        var path = Path.Combine(_colours.Root, "shop.sqlite");
        using var connection = new SqliteConnection($"Data Source={path};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "CREATE TABLE products (sku TEXT, photo BLOB)";
        command.ExecuteNonQuery();
        command.CommandText = "INSERT INTO products VALUES ($sku, $photo)";
        object[] photos = [.. Enumerable.Range(0, 3).Select(i => File.ReadAllBytes(_colours.ImagePath("red", i))), new byte[] { 1, 2, 3 }, DBNull.Value];
        for (var i = 0; i < photos.Length; i++)
        {
            command.Parameters.Clear();
            command.Parameters.AddWithValue("$sku", $"sku-{i}");
            command.Parameters.AddWithValue("$photo", photos[i]);
            command.ExecuteNonQuery();
        }

        return path;
    }
}
