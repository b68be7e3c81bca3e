using FeatureTransfer.Models;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace FeatureTransfer.Tests.Models;

/// <summary>Chains and composites, of parts that do nothing.</summary>
public class ModelChainTests
{
    private const string First = "TransformerChain/Transform_000", Second = "TransformerChain/Transform_001", Inner = Second + "/Transform_000";

    [Test]
    public void Map_NothingChanged_IsTheModelItself()
    {
        var model = Chain(new Leaf(), new Pair([new Leaf(), new Leaf()]));
        Assert.That(ModelChain.Map(model, (part, _) => part), Is.SameAs(model));
    }

    [Test]
    public void Map_PartOfACompositeReplaced_MakesAllAroundItAnew()
    {
        var (old, made) = (new Leaf(), new Leaf());
        var (first, pair) = (new Leaf(), new Pair([old, new Leaf()]));
        var model = Chain(first, pair);
        var folders = new List<string>();
        var mapped = ModelChain.Map(
            model,
            (part, folder) =>
            {
                folders.Add(folder);
                return part == old ? made : part;
            },
            (whole, folder) =>
            {
                folders.Add($"whole {folder}");
                return whole;
            });
        Assert.That(folders, Is.EqualTo(new[] { First, Inner, $"{Second}/Transform_001", $"whole {Second}", $"whole {ModelChain.Root}" }));
        Assert.That(mapped, Is.TypeOf<TransformerChain<ITransformer>>());
        var parts = ModelChain.Parts(mapped)!;
        Assert.That(parts[0], Is.SameAs(first));
        Assert.That(parts[1], Is.TypeOf<Pair>().With.Property("Parts").EqualTo(new[] { made, pair.Parts[1] }));
    }

    [Test]
    public void Map_WholeReplaced_IsWhatItIsReplacedBy()
    {
        var other = new Leaf();
        Assert.That(ModelChain.Map(Chain(new Leaf()), (part, _) => part, (_, _) => other), Is.SameAs(other));
    }

    [Test]
    public void Map_EmptyChain_IsAPart()
    {
        var (model, seen) = (Chain(), new List<ITransformer>());
        ModelChain.Map(model, (part, _) =>
        {
            seen.Add(part);
            return part;
        });
        Assert.That(seen, Is.EqualTo(new[] { model }));
    }

    private static TransformerChain<ITransformer> Chain(params ITransformer[] parts) => new(parts);

    private class Leaf : ITransformer
    {
        public bool IsRowToRowMapper => true;

        public DataViewSchema GetOutputSchema(DataViewSchema inputSchema) => inputSchema;

        public IRowToRowMapper GetRowToRowMapper(DataViewSchema inputSchema) => throw new NotSupportedException();

        public IDataView Transform(IDataView input) => input;

        public void Save(ModelSaveContext ctx) => throw new NotSupportedException();
    }

    private sealed class Pair(IReadOnlyList<ITransformer> parts) : Leaf, ICompositePart
    {
        public IReadOnlyList<ITransformer> Parts => parts;

        public string Kind => "pair";

        public ITransformer With(IReadOnlyList<ITransformer> parts) => new Pair(parts);

        public SavedComposite Describe() => throw new NotSupportedException();
    }
}
