variable "name" { type = string }
variable "delay" {
  type    = number
  default = 0
}
variable "grant" { type = map(string) }
locals { dead = "${var.name}-dead" }
resource "aws_sqs_queue" "dead" { name = local.dead }
resource "aws_sqs_queue" "this" {
  name           = var.name
  delay_seconds  = var.delay
  redrive_policy = jsonencode({ deadLetterTargetArn = aws_sqs_queue.dead.arn, maxReceiveCount = 3 })
  tags           = var.grant
}
output "arn" { value = aws_sqs_queue.this.arn }
output "name" { value = aws_sqs_queue.this.name }
output "url" { value = aws_sqs_queue.this.url }
