using System.Formats.Tar;
using System.Globalization;
using System.IO.Compression;
using DuckDB.NET.Data;
using Microsoft.Data.Sqlite;
using NetVips;

namespace FeatureTransfer.Benchmarks.Memory;

/// <summary>Writes sources of as many small images as asked for, each other than the rest.</summary>
internal sealed class SourceSamples : IDisposable
{
    private const int Side = 32, Different = 64;
    private readonly byte[][] _images = [.. Enumerable.Range(0, Different).Select(Noise)];

    public SourceSamples()
    {
        Directory.CreateDirectory(Home);
        for (var i = 0; i < Different; i++)
            File.WriteAllBytes(ImagePath(i), _images[i]);
    }

    /// <summary>What is measured: sources, and what is written from them.</summary>
    public static IReadOnlyList<(string Source, string Output)> Cases { get; } =
    [
        ("list", ".npy"), ("tar", ".npy"), ("tar", ".csv"), ("tar", ".parquet"), ("zip", ".npy"), ("sqlite", ".npy"), ("parquet", ".npy"),
    ];

    public string Folder { get; } = Directory.CreateTempSubdirectory("ft-memory-").FullName;

    /// <summary>What ft keeps between runs.</summary>
    public string Home => Path.Combine(Folder, "home");

    /// <summary>An early layer: a real model, and 100,000 rows are done in minutes.</summary>
    public IReadOnlyList<string> Backbone { get; } = ["--backbone", "mobilenet_v2.nsfwjs", "--layers", "block_1", "--pooling", "avg"];

    /// <summary>Lets the next run compute all features again.</summary>
    public void DropFeatures()
    {
        var features = Path.Combine(Home, "features");
        if (Directory.Exists(features))
            Directory.Delete(features, recursive: true);
    }

    /// <summary>The arguments of ft for so many rows of a source, which is written.</summary>
    public string[] Make(string source, int rows)
    {
        var path = Path.Combine(Folder, string.Create(CultureInfo.InvariantCulture, $"{rows}.{source}"));
        if (!File.Exists(path))
            Write(source, path, rows);
        return source switch
        {
            "list" => ["-"],
            "sqlite" => [path, "--query", "SELECT image FROM photos"],
            "parquet" => [path, "--column", "image"],
            _ => [path],
        };
    }

    /// <summary>Paths, some of them more than once.</summary>
    public IEnumerable<string> List(int rows) => Enumerable.Range(0, rows).Select(row => ImagePath(row % Different));

    public void Dispose() => Directory.Delete(Folder, recursive: true);

    // What follows the end of a PNG is not looked at, and makes each image another to the cache.
    private byte[] Image(int row) => [.. _images[row % Different], .. BitConverter.GetBytes(row)];

    private string ImagePath(int image) => Path.Combine(Folder, string.Create(CultureInfo.InvariantCulture, $"{image}.png"));

    private void Write(string source, string path, int rows)
    {
        switch (source)
        {
            case "tar":
                WriteTar(path, rows);
                break;
            case "zip":
                WriteZip(path, rows);
                break;
            case "sqlite":
                WriteSqlite(path, rows);
                break;
            case "parquet":
                WriteParquet(path, rows);
                break;
        }
    }

    private void WriteTar(string path, int rows)
    {
        using var tar = new TarWriter(File.Create(path));
        for (var row = 0; row < rows; row++)
            tar.WriteEntry(new UstarTarEntry(TarEntryType.RegularFile, Member(row)) { DataStream = new MemoryStream(Image(row)) });
    }

    private void WriteZip(string path, int rows)
    {
        using var zip = ZipFile.Open(path, ZipArchiveMode.Create);
        for (var row = 0; row < rows; row++)
        {
            using var entry = zip.CreateEntry(Member(row), CompressionLevel.NoCompression).Open();
            entry.Write(Image(row));
        }
    }

    private void WriteParquet(string path, int rows)
    {
        using var connection = new DuckDBConnection(DuckDBConnectionStringBuilder.InMemoryConnectionString);
        connection.Open();
        using var copy = new DuckDBCommand(string.Create(CultureInfo.InvariantCulture, $"COPY (SELECT i, content || (i::VARCHAR)::BLOB AS image FROM range({rows}) t(i) JOIN read_blob('{Folder}/*.png') f ON parse_filename(f.filename) = (i % {Different}) || '.png') TO '{path}' (FORMAT parquet, ROW_GROUP_SIZE 2048)"), connection);
        copy.ExecuteNonQuery();
    }

    private void WriteSqlite(string path, int rows)
    {
        using var connection = new SqliteConnection($"Data Source={path};Pooling=False");
        connection.Open();
        using var transaction = connection.BeginTransaction();
        using var create = new SqliteCommand("CREATE TABLE photos (image BLOB)", connection, transaction);
        create.ExecuteNonQuery();
        using var insert = new SqliteCommand("INSERT INTO photos VALUES ($image)", connection, transaction);
        var image = insert.Parameters.Add("$image", SqliteType.Blob);
        for (var row = 0; row < rows; row++)
        {
            image.Value = Image(row);
            insert.ExecuteNonQuery();
        }

        transaction.Commit();
    }

    private static string Member(int row) => string.Create(CultureInfo.InvariantCulture, $"images/{row % 10}/{row}.png");

    private static byte[] Noise(int seed)
    {
        var pixels = new byte[Side * Side * 3];
        new Random(seed).NextBytes(pixels);
        using var image = NetVips.Image.NewFromMemory(pixels, Side, Side, 3, Enums.BandFormat.Uchar);
        using var named = image.Copy(interpretation: Enums.Interpretation.Srgb);
        return named.PngsaveBuffer();
    }
}
