using System.Text.Json.Nodes;
using FeatureTransfer.Pipelines.Json;

namespace FeatureTransfer.Pipelines.Running;

/// <summary>The pipelines that a search may try.</summary>
internal sealed class SearchSpace
{
    // So many are listed and shuffled; of more, some are drawn.
    private const int Listed = 10_000;
    private readonly PipelineDefinition _definition;
    private readonly SearchOptions _search;
    private readonly LocatedNode _root;

    /// <summary>Reads the options, whose form is right.</summary>
    public SearchSpace(PipelineDefinition definition)
    {
        (_definition, _search) = (definition, definition.Search!);
        _root = new VariableExpansion(_ => null, []).Expand(LocatedJson.Parse(new JsonObject { ["estimators"] = PipelineFormat.Estimators.Write(definition.Estimators) }.ToJsonString(), definition.Name));

        // What holds others comes before them.
        Options = [.. _search.Options.Select(option => new SpaceOption(option, PathOverride.Segmented(option.Path)!)).OrderBy(option => option.Segments.Count)];
    }

    /// <summary>The options.</summary>
    public IReadOnlyList<SpaceOption> Options { get; }

    /// <summary>The candidates, no two alike, at most as many as the search asks for; the pipeline's seed decides which.</summary>
    public IReadOnlyList<Candidate> Draw()
    {
        var random = new Random(_definition.Seed);
        var all = Options.Aggregate((double?)1, (product, option) => product * option.Count);
        var choices = all <= Listed ? Shuffled(random) : Drawn(random).Take(Math.Max(Listed, 100 * _search.Trials));
        return [.. choices.Select(Make).DistinctBy(candidate => candidate.Key, StringComparer.Ordinal).Take(_search.Trials).Select((candidate, i) => candidate with { Number = i + 1 })];
    }

    /// <summary>Makes a candidate. An option within a step that is tried itself counts where the chosen step has it.</summary>
    public Candidate Make(IReadOnlyList<SpaceValue> values)
    {
        var (node, used) = (_root, new List<SpaceValue>());
        try
        {
            foreach (var value in values)
            {
                var next = value.Apply(node);
                if (values.Any(other => value.Option.IsWithin(other.Option)) && value.Option.IsUnknownTo(Read(next).Context))
                    continue;
                node = next;
                used.Add(value);
            }
        }
        catch (PipelineFormatException exception)
        {
            return new Candidate(values, null, exception.Faults);
        }

        var (estimators, context) = Read(node);
        return new Candidate(used, context.Faults.Count > 0 ? null : _definition with { Search = null, Estimators = estimators }, context.Faults);
    }

    private (ValueList<PipelineStep> Estimators, BindingContext Context) Read(LocatedNode root)
    {
        var context = new BindingContext(_definition.BaseFolder, checkFiles: false);
        return PipelineFormat.Estimators.TryRead(((LocatedObject)root)["estimators"]!, context, out var estimators) ? (estimators, context) : ([], context);
    }

    private IEnumerable<IReadOnlyList<SpaceValue>> Drawn(Random random)
    {
        while (true)
            yield return [.. Options.Select(option => option.Draw(random))];
    }

    private IReadOnlyList<SpaceValue>[] Shuffled(Random random)
    {
        IEnumerable<IReadOnlyList<SpaceValue>> all = [[]];
        foreach (var option in Options)
            all = all.SelectMany(chosen => Enumerable.Range(0, option.Count!.Value).Select(number => (IReadOnlyList<SpaceValue>)[.. chosen, option.At(number)]));
        var choices = all.ToArray();
        random.Shuffle(choices);
        return choices;
    }
}
