namespace FeatureTransfer.Cascades;

/// <summary>Stages in a row: what one gives, those behind it can read by name. It is checked when it is built.</summary>
public sealed class Cascade : IDisposable
{
    private const string Input = "the input";

    /// <summary>Builds a cascade.</summary>
    /// <param name="inputs">What comes from outside.</param>
    /// <param name="stages">The stages, in order.</param>
    /// <exception cref="FeatureTransferException">A stage reads what none before it gives, or what does not fit; the message names both ends.</exception>
    public Cascade(IReadOnlyList<CascadePort> inputs, params IReadOnlyList<CascadeStage> stages)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        ArgumentNullException.ThrowIfNull(stages);
        (Inputs, Stages) = ([.. inputs], [.. stages]);
        var known = new Dictionary<string, (string Giver, CascadePort Port)>(StringComparer.Ordinal);
        Add(known, Input, inputs);
        foreach (var stage in stages)
        {
            foreach (var wanted in stage.Inputs)
                Check(known, stage, wanted);
            Add(known, $"stage '{stage.Name}'", stage.Outputs);
        }
    }

    /// <summary>What comes from outside.</summary>
    public IReadOnlyList<CascadePort> Inputs { get; }

    /// <summary>The stages, in order.</summary>
    public IReadOnlyList<CascadeStage> Stages { get; }

    /// <summary>Runs all stages.</summary>
    /// <param name="inputs">A value for each of <see cref="Inputs"/>, by name.</param>
    /// <param name="cancellation">Stops the work.</param>
    /// <returns>All values by name, those between the stages too.</returns>
    /// <exception cref="ArgumentException">An input is missing.</exception>
    public IReadOnlyDictionary<string, object> Run(IReadOnlyDictionary<string, object> inputs, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        var values = Inputs.ToDictionary(
            port => port.Name,
            port => inputs.TryGetValue(port.Name, out var value) ? value : throw new ArgumentException($"The cascade's input {port} is missing.", nameof(inputs)),
            StringComparer.Ordinal);
        foreach (var stage in Stages)
        {
            cancellation.ThrowIfCancellationRequested();
            foreach (var (port, value) in stage.Outputs.Zip(stage.Run([.. stage.Inputs.Select(port => values[port.Name])], cancellation)))
                values[port.Name] = value;
        }

        return values;
    }

    /// <summary>Writes all stages, their graphs included, into one file; it appears when it is whole.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="FeatureTransferException">A stage is of a kind that is not this library's.</exception>
    public void Save(string path)
    {
        var content = CascadeFile.Write(this);
        AtomicFile.Write(path, stream => stream.Write(content));
    }

    /// <summary>Reads what <see cref="Save"/> wrote.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="FeatureTransferException">It is missing, no cascade, or damaged.</exception>
    public static Cascade Load(string path) => File.Exists(path)
        ? CascadeFile.Read(File.ReadAllBytes(path), path)
        : throw new FeatureTransferException($"{path}: there is no such file. Expected one that Cascade.Save wrote.");

    /// <summary>Frees the sessions of the stages.</summary>
    public void Dispose()
    {
        foreach (var stage in Stages)
            (stage as IDisposable)?.Dispose();
    }

    private static void Add(Dictionary<string, (string Giver, CascadePort Port)> known, string giver, IReadOnlyList<CascadePort> ports)
    {
        foreach (var port in ports)
        {
            if (!known.TryAdd(port.Name, (giver, port)))
                throw new FeatureTransferException($"The cascade has two values '{port.Name}': {known[port.Name].Giver} gives one, and {giver} another. Name one of them differently.");
        }
    }

    private static void Check(Dictionary<string, (string Giver, CascadePort Port)> known, CascadeStage stage, CascadePort wanted)
    {
        if (!known.TryGetValue(wanted.Name, out var given))
        {
            throw new FeatureTransferException(
                $"Stage '{stage.Name}' wants {wanted}, and nothing before it gives that.{NearestName.Hint(wanted.Name, [.. known.Keys])} There are {string.Join("; ", known.Values.Select(value => $"{value.Giver}'s {value.Port}"))}.");
        }

        if (!given.Port.Fits(wanted))
            throw new FeatureTransferException($"{char.ToUpperInvariant(given.Giver[0])}{given.Giver[1..]} gives {given.Port}, and stage '{stage.Name}' wants {wanted}{WayOut(given.Port.Kind, wanted.Kind)}.");
    }

    private static string WayOut(CascadeKind given, CascadeKind wanted) => (given, wanted) switch
    {
        (CascadeKind.Boxes, CascadeKind.Images) => $": put {nameof(BoxesToCrops)} between them",
        (CascadeKind.Image or CascadeKind.Images, CascadeKind.Tensor) => $": put {nameof(ImagesToTensor)} between them",
        (CascadeKind.Tensor, CascadeKind.Texts) => $": put {nameof(ArgMaxToLabel)} between them",
        _ => "",
    };
}
