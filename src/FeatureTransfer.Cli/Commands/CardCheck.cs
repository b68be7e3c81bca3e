using FeatureTransfer.Backbones;
using FeatureTransfer.Extraction;

namespace FeatureTransfer.Cli.Commands;

/// <summary>What ft models verify found out about one backbone.</summary>
internal sealed record CardCheck(ModelCard Card, StoredFile File, string Path, IReadOnlyList<GoldenReplay> Golden, double Tolerance)
{
    /// <summary>Checks the file, and replays the golden vectors whose inputs are at hand.</summary>
    public static CardCheck Of(ModelCard card, IReadOnlyDictionary<string, string> inputs, double tolerance, FeatureTransferServices services, CancellationToken cancellationToken)
    {
        var (file, path) = services.Backbones.Examine(card);
        var usable = file is StoredFile.Matches or StoredFile.Unchecked;
        return new CardCheck(card, file, path, GoldenVectors.Replay(card, usable ? inputs : new Dictionary<string, string>(), services, cancellationToken), tolerance);
    }

    /// <summary>The golden vectors that the backbone does not give any more.</summary>
    public IEnumerable<GoldenReplay> Drifted => Golden.Where(replay => replay.File is not null && !(replay.Deviation <= Tolerance));

    /// <summary>The golden vectors whose input was not at hand.</summary>
    public IEnumerable<GoldenReplay> NotReplayed => Golden.Where(replay => replay.File is null);

    /// <summary>The file in words.</summary>
    public string FileText => File switch
    {
        StoredFile.Matches => Card.Source.Kind is ModelSourceKind.Npm or ModelSourceKind.BuiltIn ? "SHA-256 is that of when it was made here" : "SHA-256 is the card's",
        StoredFile.Differs => $"SHA-256 of {System.IO.Path.GetFileName(Path)} differs",
        StoredFile.Missing => Card.Source.Kind == ModelSourceKind.Path ? "not on this machine" : "not on this machine; ft models pull brings it",
        _ => $"not checked: the card has no SHA-256 of {System.IO.Path.GetFileName(Path)}",
    };

    /// <summary>The golden vectors in words.</summary>
    public string GoldenTexts => Golden.Count == 0 ? "none" : string.Join("; ", Golden.Select(Text));

    private string Text(GoldenReplay replay) =>
        $"{GoldenText.Name(replay)}: {(replay.File is null ? "not replayed" : $"{(replay.Deviation <= Tolerance ? "agrees" : "drifted")}, {GoldenText.Percent(replay.Deviation)}")}";

    /// <summary>What is wrong, and what to do.</summary>
    public IEnumerable<string> Faults()
    {
        if (File == StoredFile.Differs)
            yield return $"{Card.Origin}: the weights of '{Card.Id}' are not the ones that the card describes: {Path} has another SHA-256. {(Card.Source.Kind == ModelSourceKind.Path ? "Put the right file back, or add it again with --force if you trust it." : "Delete the file, and bring it again by 'ft models pull'.")}";
        foreach (var replay in Drifted)
            yield return $"{Card.Origin}: '{Card.Id}' gives other features for {GoldenText.Name(replay)} than its card says: {GoldenText.Numbers(replay.Features)}; expected {GoldenText.Numbers(replay.Golden.Features)}. One differs by {GoldenText.Percent(replay.Deviation)} of the largest; the tolerance is {GoldenText.Percent(Tolerance)}. The preprocessing, the default layers or the model changed: correct the card, or add the model again with --force.";
    }
}
