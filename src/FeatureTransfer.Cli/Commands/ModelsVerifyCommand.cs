using System.CommandLine;
using FeatureTransfer.Backbones;
using FeatureTransfer.Extraction;

namespace FeatureTransfer.Cli.Commands;

/// <summary><c>ft models verify</c>: whether backbones are still what their cards say.</summary>
internal static class ModelsVerifyCommand
{
    public static Command Create(Func<ParseResult, Shell> shell)
    {
        var ids = new Argument<string[]>("ids") { Description = "Ids of the list, or paths of cards; default all that are on this machine", Arity = ArgumentArity.ZeroOrMore };
        var golden = new Option<string[]>("--golden") { Description = "Inputs of the cards' golden vectors, or folders with images of them, beside those that come with ft; they are found by their hash", AllowMultipleArgumentsPerToken = true, DefaultValueFactory = _ => [] };
        var tolerance = new Option<double>("--tolerance") { Description = "How much a feature may differ, as a share of the largest that was recorded", DefaultValueFactory = _ => GoldenVectors.Tolerance };
        tolerance.Require(value => value >= 0, "0 or more");
        var command = new Command(
            "verify",
            $"Compares the files of backbones with the hashes of their cards, and replays golden vectors. Nothing is fetched. Exit code {ExitCodes.BadInput} tells of a difference, {ExitCodes.Failed} of a backbone or an input that is missing.\n\nExamples:\n  ft models verify\n  ft models verify resnet50.local --golden photo.jpg") { ids, golden, tolerance };
        command.SetAction((parse, cancellationToken) => Task.FromResult(Run(shell(parse), parse.GetValue(ids) ?? [], parse.GetValue(golden)!, parse.GetValue(tolerance), cancellationToken)));
        return command;
    }

    private static int Run(Shell shell, string[] ids, string[] golden, double tolerance, CancellationToken cancellationToken)
    {
        var services = FeatureTransferServices.Default with { Catalog = ModelCatalog.LoadDefault(), Cancellation = cancellationToken };
        using var own = new GoldenInputs();
        var inputs = GoldenVectors.Hash([.. own.Files, .. golden.Length > 0 ? InputFiles.Expand(golden) : []]);
        var cards = ids.Length > 0 ? [.. ids.Select(services.Catalog.Get)] : Here(services);
        var checks = cards.Select(card => CardCheck.Of(card, inputs, tolerance, services, cancellationToken)).ToList();
        Write(shell, checks);
        var faults = checks.SelectMany(check => check.Faults()).ToList();
        foreach (var fault in faults)
            shell.Error.WriteLine($"error: {fault}");
        var missing = checks.Any(check => check.File == StoredFile.Missing) || (golden.Length > 0 && checks.Any(check => check.NotReplayed.Any()));
        return faults.Count > 0 ? ExitCodes.BadInput : missing ? ExitCodes.Failed : ExitCodes.Ok;
    }

    // A card of a file on disk means to be usable, so one whose file went is told of.
    private static List<ModelCard> Here(FeatureTransferServices services) =>
        [.. services.Catalog.Cards.Where(card => card.Source.Kind == ModelSourceKind.Path || services.Backbones.IsLocal(card))];

    private static void Write(Shell shell, IReadOnlyList<CardCheck> checks)
    {
        if (shell.Json)
        {
            shell.WriteJson(checks.Select(check => new
            {
                check.Card.Id,
                File = check.File.ToString().ToLowerInvariant(),
                Golden = check.Golden.Select(replay => new { replay.Golden.Name, replay.Golden.Sha256, replay.File, Deviation = double.IsFinite(replay.Deviation) ? replay.Deviation : (double?)null, Agrees = replay.File is null ? (bool?)null : replay.Deviation <= check.Tolerance }),
            }));
            return;
        }

        if (checks.Count == 0)
            shell.Out.WriteLine("There is no backbone on this machine yet: 'ft models pull ID' brings one, 'ft models add FILE.onnx' takes one of your own.");
        else
            shell.WriteTable(["id", "file", "golden vectors"], [.. checks.Select(check => (IReadOnlyList<string>)[check.Card.Id, check.FileText, check.GoldenTexts])]);
        if (checks.Any(check => check.File is StoredFile.Matches or StoredFile.Unchecked && check.NotReplayed.Any()))
            shell.Out.WriteLine("Golden vectors are replayed where --golden names their inputs.");
    }
}
