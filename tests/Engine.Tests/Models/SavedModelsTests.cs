using System.Text.Json;
using System.Text.Json.Serialization;
using Engine.Tests.Golden;
using Microsoft.ML;

namespace Engine.Tests.Models;

/// <summary>The model of every golden case gives the same values after it was saved and loaded.</summary>
[TestFixture]
public class SavedModelsTests
{
    private const int RowCount = 40;

    private static readonly JsonSerializerOptions _json = new() { NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals };

    private static IEnumerable<TestCaseData> Cases() => GoldenFiles.Groups.SelectMany(group => GoldenFiles.Cases(group)
        .Where(c => c.TryGetProperty("pipeline", out _) && !c.TryGetProperty("code", out _) && !IsError(c))
        .Select(c => c.GetProperty("id").GetString()!)
        .Where(id => Exceptions.All.All(e => e.Group != group || e.Id != id))
        .Select(id => new TestCaseData(group, id)));

    [TestCaseSource(nameof(Cases))]
    public void Load_ModelOfAGoldenCase_GivesTheSameValues(string group, string id)
    {
        var (view, model) = new PipelineCase(GoldenFiles.Case(group, id)).FitOnly();

        var loaded = SaveAndLoad(model, view.Schema, out var schema);

        Assert.Multiple(() =>
        {
            Assert.That(schema.Select(c => $"{c.Name}: {c.Type}"), Is.EqualTo(view.Schema.Where(c => !c.IsHidden).Select(c => $"{c.Name}: {c.Type}")));
            Assert.That(Content(loaded.Transform(view)), Is.EqualTo(Content(model.Transform(view))));
        });
    }

    private static bool IsError(JsonElement json) => json.TryGetProperty("error", out var error) && error.ValueKind == JsonValueKind.Object;

    private static ITransformer SaveAndLoad(ITransformer model, DataViewSchema schema, out DataViewSchema read)
    {
        using var stream = new MemoryStream();
        new MLContext(1).Model.Save(model, schema, stream);
        stream.Position = 0;
        return new MLContext(2).Model.Load(stream, out read);
    }

    /// <summary>Schema, annotations and the first rows as text.</summary>
    private static string Content(IDataView view) => JsonSerializer.Serialize(
        new { schema = Dump.Schema(view.Schema), rows = Dump.Rows(view, view.Schema.Where(c => !c.IsHidden).Select(c => c.Name), RowCount).rows }, _json);
}
