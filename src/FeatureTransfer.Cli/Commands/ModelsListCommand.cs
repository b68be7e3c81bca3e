using System.CommandLine;
using System.Text.Json;
using FeatureTransfer.Backbones;
using FeatureTransfer.Inputs;

namespace FeatureTransfer.Cli.Commands;

/// <summary><c>ft models list</c>: the backbones that are known, and what has to be fetched for each.</summary>
internal static class ModelsListCommand
{
    public static Command Create(Func<ParseResult, Shell> shell)
    {
        var list = new Command("list", "Lists the backbones that are known: whether they are on this machine or where they come from, their size, licence and accuracy");
        list.SetAction(parse => List(shell(parse)));
        return list;
    }

    private static int List(Shell shell)
    {
        var services = FeatureTransferServices.Default;
        var cards = services.Catalog.Cards;
        if (shell.Json)
        {
            shell.WriteJson(cards.Select(card => Json(card, services.Backbones.IsLocal(card))));
            return ExitCodes.Ok;
        }

        shell.WriteTable(["id", "takes", "comes from", "size", "licence", "flowers"], [.. cards.Select(card => Row(card, services.Backbones.IsLocal(card)))]);
        shell.Out.WriteLine();
        shell.Out.WriteLine($"Default for images: {DefaultBackbone.Images}. 'flowers' is the accuracy of a linear");
        shell.Out.WriteLine("classifier on the default layers for 200 photographs in five classes.");
        shell.Out.WriteLine("'ft models pull ID' fetches a backbone ahead of its use.");
        return ExitCodes.Ok;
    }

    private static object Json(ModelCard card, bool ready) => new
    {
        card.Id,
        card.Description,
        Modality = Camel(card.Modality),
        Source = Camel(card.Source.Kind),
        Ready = ready,
        card.SizeInBytes,
        card.Licence,
        card.Paper,
        card.Accuracy,
        card.DefaultLayers,
    };

    private static IReadOnlyList<string> Row(ModelCard card, bool ready) =>
    [
        card.Id,
        card.Modality switch { Modality.Image => "images", Modality.Text => "text", _ => "audio" },
        ready ? "your disk" : Origin(card.Source.Kind),
        card.SizeInBytes is { } size ? ByteSize.Text(size) : "",
        card.Licence ?? "",
        card.Accuracy.TryGetValue("flowers", out var accuracy) ? accuracy.ToString("0.000", CultureInfo.InvariantCulture) : "",
    ];

    private static string Origin(ModelSourceKind kind) => kind switch
    {
        ModelSourceKind.Npm => "npm",
        ModelSourceKind.NuGet => "NuGet",
        ModelSourceKind.Url => "internet",
        ModelSourceKind.Path => "a lost file",
        _ => "built in",
    };

    private static string Camel(Enum value) => JsonNamingPolicy.CamelCase.ConvertName(value.ToString());
}
