export const lineConversations = {
  lineConversations: {
    title: 'Conversations by line',
    text: 'A wait begins with the first thing somebody writes after the clinic’s last words and ends with its next ones. What Recado answers by itself does not end it.',
    line: 'Line',
    received: 'Received',
    people: 'People',
    answered: 'Answers',
    unanswered: 'Without an answer',
    of: '{{unanswered}} of {{waits}}',
    median: 'Half of them within',
    minutes: '{{minutes}} min',
  },
};
