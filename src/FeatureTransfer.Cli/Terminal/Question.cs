using Spectre.Console;

namespace FeatureTransfer.Cli.Terminal;

/// <summary>Asks the person at the terminal.</summary>
internal static class Question
{
    /// <summary>Which of some things.</summary>
    /// <param name="terminal">The terminal.</param>
    /// <param name="text">The question.</param>
    /// <param name="choices">What may be chosen.</param>
    /// <param name="line">A choice as a line.</param>
    /// <param name="cancellationToken">Stops the waiting.</param>
    public static async Task<T> AskAsync<T>(IAnsiConsole terminal, string text, IEnumerable<T> choices, Func<T, string> line, CancellationToken cancellationToken)
        where T : notnull
    {
        var prompt = new SelectionPrompt<T>().Title(Markup.Escape(text)).AddChoices(choices).UseConverter(choice => Markup.Escape(line(choice)));
        try
        {
            return await prompt.ShowAsync(terminal, cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            // The prompt hides the cursor while it waits, and leaves it so when it is stopped.
            terminal.Cursor.Show();
            terminal.WriteLine();
            throw;
        }
    }
}
