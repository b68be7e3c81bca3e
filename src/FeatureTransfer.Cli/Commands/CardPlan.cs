using FeatureTransfer.Backbones;
using FeatureTransfer.Inputs.Images;
using FeatureTransfer.Onnx;

namespace FeatureTransfer.Cli.Commands;

/// <summary>What ft models add was told: a model's file, and what its card shall say.</summary>
internal sealed record CardPlan
{
    public required string Model { get; init; }

    public string? Id { get; init; }

    public ImagePreset? Preset { get; init; }

    public int? Size { get; init; }

    public ImagePreprocessing Preprocessing { get; init; } = new();

    public IReadOnlyList<string> Layers { get; init; } = [];

    public Pooling? Pooling { get; init; }

    public string? Licence { get; init; }

    public string? Output { get; init; }

    public bool Force { get; init; }

    private string Name => Id ?? ModelCardGuess.IdOf(Model);

    private string Destination => Path.GetFullPath(Output ?? Path.Combine(FeatureTransferPaths.Cards, $"{Name}.json"));

    /// <summary>The card, as if it were read from where it is going to lie.</summary>
    /// <exception cref="FeatureTransferException">The model or an option is wrong.</exception>
    public ModelCard Card(ImagePreset preset)
    {
        var size = Size ?? new ImagePreprocessing().Height;
        var guessed = ModelCardGuess.OfFile(Model, (Preprocessing with { Height = size, Width = size }).WithPreset(preset));
        if (Size is { } wanted && (guessed.Preprocessing.Height, guessed.Preprocessing.Width) != (wanted, wanted))
            throw new FeatureTransferException($"{Model}: the graph takes images of {guessed.Preprocessing.Height} x {guessed.Preprocessing.Width}, and --size is {wanted}. Leave --size out, or export the model with a size of its own choice.");
        var card = guessed with
        {
            Id = Name,
            Licence = Licence,
            DefaultLayers = Layers.Count > 0 ? Layers : guessed.DefaultLayers,
            DefaultPooling = Pooling ?? guessed.DefaultPooling,
        };
        return ModelCardReader.Read(ModelCardReader.Write(card with { Source = card.Source with { Path = Beside(card.Source.Path!) } }), Destination);
    }

    /// <summary>Makes sure that the card stands in nobody's way.</summary>
    /// <exception cref="FeatureTransferException">There is a card, or the id is no name for one.</exception>
    public void CheckDestination(ModelCatalog catalog)
    {
        if (Name.IndexOfAny(Path.GetInvalidFileNameChars()) >= 0)
            throw new FeatureTransferException($"--id is '{Name}', which cannot be part of a file's name. Expected 'architecture.tag', such as 'resnet_50.mine'.");
        if (File.Exists(Destination) && !Force)
            throw new FeatureTransferException($"{Destination}: is there already. Name another --id, or replace it by --force.");
        if (Output is not null || catalog.Cards.FirstOrDefault(card => card.Id == Name) is not { } known || known.Origin == Destination)
            return;
        if (File.Exists(known.Origin))
            throw new FeatureTransferException($"The id '{Name}' is taken by {known.Origin}. Name another --id.");
        if (!Force)
            throw new FeatureTransferException($"The id '{Name}' is one of the backbones that come with ft. Name another --id, or let this card stand for it by --force.");
    }

    // A card and a model below it can be moved together.
    private string Beside(string model)
    {
        var relative = Path.GetRelativePath(Path.GetDirectoryName(Destination)!, model);
        return Output is null || Path.IsPathRooted(relative) || relative.StartsWith("..", StringComparison.Ordinal) ? model : relative.Replace('\\', '/');
    }
}
