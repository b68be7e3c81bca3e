using System.IO.Compression;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace Engine.Tests.Models;

[TestFixture]
public class ModelFileTests
{
    private readonly MLContext _ml = new(1);

    [Test]
    public void Load_FileOfMLNet_SaysSo()
    {
        using var file = Zip(("TrainingInfo/Version.txt", "5.0.0"), ("Model.key", "x"));

        Assert.That(() => _ml.Model.Load(file, out _), Throws.TypeOf<FormatException>().With.Message.Contains("saved by ML.NET itself"));
    }

    [Test]
    public void Load_NewerFormat_AsksForANewerEngine()
    {
        using var file = Zip(("engine.json", """{"engine":"FeatureTransfer","format":99}"""));

        Assert.That(() => _ml.Model.Load(file, out _), Throws.TypeOf<FormatException>().With.Message.Contains("newer engine"));
    }

    [Test]
    public void Load_AnotherZip_IsRefused()
    {
        using var file = Zip(("readme.txt", "hello"));

        Assert.That(() => _ml.Model.Load(file, out _), Throws.TypeOf<FormatException>().With.Message.Contains("not a model file"));
    }

    [Test]
    public void Load_UnknownComponent_IsNamed()
    {
        using var file = Zip(("engine.json", """{"engine":"FeatureTransfer","format":1}"""), ("model.bin", "\u0005bogus\u0001\0\0\0"));

        Assert.That(() => _ml.Model.Load(file, out _), Throws.TypeOf<FormatException>().With.Message.Contains("'bogus'"));
    }

    [Test]
    public void Load_HalfOfAModel_IsDamaged()
    {
        using var file = Zip(("engine.json", """{"engine":"FeatureTransfer","format":1}"""), ("model.bin", "\u0005chain"));

        Assert.That(() => _ml.Model.Load(file, out _), Throws.TypeOf<FormatException>().With.Message.Contains("damaged"));
    }

    [Test]
    public void Load_PathOfAFileThatIsNoModel_NamesTheFile()
    {
        string path = Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid():N}.zip");
        File.WriteAllText(path, "no zip");
        try
        {
            Assert.That(() => _ml.Model.Load(path, out _), Throws.TypeOf<FormatException>().With.Message.StartsWith(path));
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Test]
    public void Save_ModelThatCannotBeSaved_LeavesNoFile()
    {
        string folder = Directory.CreateTempSubdirectory().FullName;
        var model = _ml.Transforms.CustomMapping<Row, Row>((source, target) => target.A = source.A, null).Fit(
            _ml.Data.LoadFromEnumerable(Array.Empty<Row>()));

        Assert.Multiple(() =>
        {
            Assert.That(() => _ml.Model.Save(model, null, Path.Combine(folder, "model.zip")), Throws.InvalidOperationException);
            Assert.That(Directory.EnumerateFileSystemEntries(folder), Is.Empty);
        });
        Directory.Delete(folder, recursive: true);
    }

    [Test]
    public void Load_SavedByPath_GivesModelAndSchema()
    {
        string path = Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid():N}.zip");
        var data = _ml.Data.LoadFromEnumerable(new[] { new Row { A = 1 }, new Row { A = 3 } });
        var model = _ml.Transforms.NormalizeMeanVariance("N", "A").Fit(data);
        try
        {
            _ml.Model.Save(model, data.Schema, path);
            var loaded = _ml.Model.Load(path, out var schema);

            Assert.Multiple(() =>
            {
                Assert.That(schema.Select(c => $"{c.Name}: {c.Type}"), Is.EqualTo(new[] { "A: Single" }));
                Assert.That(loaded.Transform(data).GetColumn<float>("N"), Is.EqualTo(model.Transform(data).GetColumn<float>("N")));
            });
        }
        finally
        {
            File.Delete(path);
        }
    }

    private static MemoryStream Zip(params (string Name, string Text)[] entries)
    {
        var stream = new MemoryStream();
        using (var zip = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (name, text) in entries)
            {
                using var entry = zip.CreateEntry(name).Open();
                entry.Write(System.Text.Encoding.UTF8.GetBytes(text));
            }
        }
        stream.Position = 0;
        return stream;
    }

    private sealed class Row
    {
        public float A { get; set; }
    }
}
