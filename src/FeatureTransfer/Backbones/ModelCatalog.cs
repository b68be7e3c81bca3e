using FeatureTransfer.Inputs.Images;

namespace FeatureTransfer.Backbones;

/// <summary>The backbones that are known, by id.</summary>
public sealed class ModelCatalog
{
    private readonly Dictionary<string, Lazy<ModelCard>> _cards = new(StringComparer.Ordinal);

    /// <summary>Makes a catalogue of these cards.</summary>
    /// <param name="cards">The cards.</param>
    /// <exception cref="FeatureTransferException">Two cards have one id.</exception>
    public ModelCatalog(IEnumerable<ModelCard> cards)
    {
        ArgumentNullException.ThrowIfNull(cards);
        foreach (var card in cards)
        {
            if (!_cards.TryAdd(card.Id, new Lazy<ModelCard>(card)))
                throw new FeatureTransferException($"{card.Origin}: the id '{card.Id}' is taken by {_cards[card.Id].Value.Origin}. Give one of them another tag.");
        }
    }

    /// <summary>All cards, by id.</summary>
    public IReadOnlyList<ModelCard> Cards => [.. _cards.Values.Select(card => card.Value).OrderBy(card => card.Id, StringComparer.Ordinal)];

    /// <summary>Reads the cards that come with the library, those in <c>./onnx-models</c> and those in <see cref="FeatureTransferPaths.Cards"/>.</summary>
    /// <remarks>A card in a folder stands for the one of the same id that comes with the library.</remarks>
    public static ModelCatalog LoadDefault()
    {
        var own = new[] { Path.GetFullPath("onnx-models"), FeatureTransferPaths.Cards }
            .Where(Directory.Exists)
            .Distinct(StringComparer.Ordinal)
            .SelectMany(folder => Directory.EnumerateFiles(folder, "*.json").Order(StringComparer.Ordinal))
            .Where(path => !path.EndsWith(".schema.json", StringComparison.Ordinal))
            .Select(ModelCardReader.ReadFile)
            .ToList();
        var catalog = new ModelCatalog(own);

        // Most commands want one card, and reading them all takes longer than much else of their start.
        foreach (var id in BuiltInCards.Ids)
            catalog._cards.TryAdd(id, new Lazy<ModelCard>(() => BuiltInCards.Read(id)));
        return catalog;
    }

    /// <summary>The card of an id, of a card's file (<c>.json</c>), or one made for a model's file (<c>.onnx</c>).</summary>
    /// <param name="idOrPath">An id or a path.</param>
    /// <exception cref="FeatureTransferException">There is no such card or file; the message names the known ids.</exception>
    public ModelCard Get(string idOrPath)
    {
        ArgumentNullException.ThrowIfNull(idOrPath);
        if (_cards.TryGetValue(idOrPath, out var card))
            return card.Value;
        if (idOrPath.EndsWith(".json", StringComparison.OrdinalIgnoreCase))
            return ModelCardReader.ReadFile(idOrPath);
        if (idOrPath.EndsWith(".onnx", StringComparison.OrdinalIgnoreCase))
            return ModelCardGuess.OfInput(idOrPath, OnnxModel.Load(idOrPath), new ImagePreprocessing());
        throw new FeatureTransferException(
            $"There is no backbone '{idOrPath}'.{NearestName.Hint(idOrPath, _cards.Keys)} Known are: {string.Join(", ", _cards.Keys.Order(StringComparer.Ordinal))}; "
            + "the path of an .onnx file or of a model card's .json file works too.");
    }
}
